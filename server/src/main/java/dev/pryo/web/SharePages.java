package dev.pryo.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pryo.account.Account;
import dev.pryo.account.ClientAddress;
import dev.pryo.account.Throttle;
import dev.pryo.analysis.Analyses;
import dev.pryo.analysis.Analysis;
import dev.pryo.experiment.Experiment;
import dev.pryo.experiment.Experiments;
import dev.pryo.platform.Tenant;
import dev.pryo.project.Role;
import dev.pryo.share.Shares;
import dev.pryo.web.Frame.Section;
import dev.pryo.web.templates.Templates;
import gg.jte.models.runtime.JteModel;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// The results of an experiment for whoever has the link to them: the same page whether they are
/// signed in or not, without a form, an address of Pryo's own pages, or a cookie. It shows what the
/// last look has found, and days are counted once for each look, so that strangers cause no work.
@RestController
class SharePages {
  private static final int MOST_COUNTED = 100;

  private final Templates templates;
  private final Frames frames;
  private final Assets assets;
  private final Shares shares;
  private final Experiments experiments;
  private final Analyses analyses;
  private final Throttle throttle;
  private final ClientAddress addresses;
  private final DayPictures days;
  private final JsonMapper json;

  /// The days of each look, counted once however many strangers ask.
  private final Cache<UUID, List<Picture>> counted =
      Caffeine.newBuilder().maximumSize(MOST_COUNTED).build();

  SharePages(
      Templates templates,
      Frames frames,
      Assets assets,
      Shares shares,
      Experiments experiments,
      Analyses analyses,
      Throttle throttle,
      ClientAddress addresses,
      DayPictures days,
      JsonMapper json) {
    this.templates = templates;
    this.frames = frames;
    this.assets = assets;
    this.shares = shares;
    this.experiments = experiments;
    this.analyses = analyses;
    this.throttle = throttle;
    this.addresses = addresses;
    this.days = days;
    this.json = json;
  }

  @GetMapping("/share/{token}")
  ResponseEntity<JteModel> shared(HttpServletRequest request, @PathVariable String token) {
    return page(request, token, experiment -> results(experiment, "/share/" + token));
  }

  /// What was seen at each day's end, counted when somebody first asks after the last look.
  @GetMapping("/share/{token}/over-time")
  ResponseEntity<JteModel> overTime(HttpServletRequest request, @PathVariable String token) {
    return page(request, token, experiment -> overTime(experiment, "/share/" + token));
  }

  private ResponseEntity<JteModel> page(
      HttpServletRequest request, String token, Function<Experiment, JteModel> made) {
    throttle.shared(addresses.of(request));
    return shares
        .opened(token)
        .map(experiment -> answer(HttpStatus.OK, made.apply(experiment)))
        .orElseGet(() -> answer(HttpStatus.NOT_FOUND, templates.shareEnded(assets)));
  }

  private Optional<Analysis> newest(Experiment experiment) {
    return Tenant.system(() -> analyses.newest(experiment.id(), null))
        .filter(of -> of.progress().exposed() > 0);
  }

  private JteModel overTime(Experiment experiment, String path) {
    Optional<Analysis> newest = newest(experiment);
    return templates.shareOverTime(
        assets,
        Heading.of(experiment, false),
        path,
        newest.map(of -> counted(experiment, of)).orElse(List.of()),
        newest.map(Analysis::simulated).orElse(false));
  }

  private List<Picture> counted(Experiment experiment, Analysis look) {
    return Objects.requireNonNull(
        counted.get(look.id(), id -> Tenant.system(() -> days.of(experiment, look))));
  }

  private JteModel results(Experiment experiment, String path) {
    Results results = newest(experiment).map(of -> Results.of(of, experiment, json)).orElse(null);
    boolean settled = results != null && !results.simulated() && results.settled();
    return templates.shareResults(
        assets, experiment, Heading.of(experiment, settled), results, path);
  }

  /// The address is a key to the results: no other site and no search engine is to learn it.
  private static ResponseEntity<JteModel> answer(HttpStatus status, JteModel page) {
    return ResponseEntity.status(status)
        .header("X-Robots-Tag", "noindex, nofollow, noarchive")
        .header("Referrer-Policy", "no-referrer")
        .body(page);
  }

  /// Makes the link and shows it, this once.
  @PostMapping("/experiments/{id}/share")
  JteModel open(Frame outer, @AuthenticationPrincipal Account account, @PathVariable UUID id) {
    Shares.Link link = shares.open(account, id, null);
    Experiment experiment = experiments.require(account, id, Role.EDITOR);
    Frame frame = frames.in(outer, account, experiment.projectId(), Section.EXPERIMENTS);
    return templates.shareLink(frame, Heading.of(experiment, false), link);
  }

  @PostMapping("/experiments/{id}/share/end")
  ResponseEntity<JteModel> end(@AuthenticationPrincipal Account account, @PathVariable UUID id) {
    shares.end(account, id);
    return Answers.next(Notice.SHARE_ENDED.at("/experiments/" + id));
  }
}
