package dev.pryo.project;

import dev.pryo.account.Account;
import dev.pryo.account.AccountListener;
import dev.pryo.account.Accounts;
import dev.pryo.platform.Conflict;
import dev.pryo.platform.Invalid;
import dev.pryo.platform.NotFound;
import dev.pryo.platform.Tenant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// Who belongs to a project. Row security lets an account see only its own membership, so that
/// these queries run as Pryo itself, after the caller's role has been asked for.
@Component
public class Members implements AccountListener {
  /// A member, or somebody invited.
  ///
  /// @param userId null while the invitation waits for a sign-up
  public record Member(@Nullable UUID userId, String email, @Nullable String name, Role role) {}

  private final JdbcClient sql;
  private final TransactionTemplate transactions;
  private final Projects projects;
  private final ObjectProvider<Accounts>
      accounts; // which in turn tells this class who comes and goes
  private final InstantSource clock;

  Members(
      JdbcClient sql,
      TransactionTemplate transactions,
      Projects projects,
      ObjectProvider<Accounts> accounts,
      InstantSource clock) {
    this.sql = sql;
    this.transactions = transactions;
    this.projects = projects;
    this.accounts = accounts;
    this.clock = clock;
  }

  /// Members first, then invitations.
  public List<Member> list(Account account, UUID project) {
    projects.require(account, project, Role.VIEWER);
    return asSystem(() ->
        sql.sql(
                """
                select a.id, a.email, a.name, m.role, 0 as waits, m.created_at
                  from member m join account a on a.id = m.account_id where m.project_id = :project
                 union all
                select null, email, null, role, 1, created_at from invitation where project_id = :project
                 order by waits, created_at\
                """)
            .param("project", project)
            .query((rs, n) ->
                new Member(
                    rs.getObject("id", UUID.class),
                    rs.getString("email"),
                    rs.getString("name"),
                    Projects.role(rs)))
            .list());
  }

  /// Adds the account with this address, or invites the address; somebody who is in already gets
  /// the role.
  public Member add(Account account, UUID project, @Nullable String email, @Nullable Role role) {
    projects.require(account, project, Role.OWNER);
    String mail = email == null ? "" : email.strip().toLowerCase(Locale.ROOT);
    new InvalidMember(mail, role).check();
    Role given = java.util.Objects.requireNonNull(role);
    Optional<Account> known = accounts.getObject().byEmail(mail);
    return asSystem(() -> {
      if (known.isEmpty()) {
        sql.sql(
                """
                insert into invitation (project_id, email, role, created_at) values (:project, :email, :role, :now)
                on conflict (project_id, email) do update set role = excluded.role\
                """)
            .param("project", project)
            .param("email", mail)
            .param("role", given.name().toLowerCase(Locale.ROOT))
            .param("now", now())
            .update();
        return new Member(null, mail, null, given);
      }
      join(project, known.get().id(), given);
      requireAnOwner(project);
      return new Member(known.get().id(), mail, known.get().name(), given);
    });
  }

  private record InvalidMember(String email, @Nullable Role role) {
    void check() {
      new Invalid.Collector()
          .check(
              email.matches("[^@\\s]+@[^@\\s]+") && email.length() <= 254,
              "email",
              "must be an e-mail address")
          .check(role != null, "role", "must be owner, editor or viewer")
          .throwIfAny();
    }
  }

  private void join(UUID project, UUID account, Role role) {
    sql.sql(
            """
            insert into member (project_id, account_id, role, created_at) values (:project, :account, :role, :now)
            on conflict (project_id, account_id) do update set role = excluded.role\
            """)
        .param("project", project)
        .param("account", account)
        .param("role", role.name().toLowerCase(Locale.ROOT))
        .param("now", now())
        .update();
  }

  /// Takes a member out. Owners may take out anyone, everybody may leave; the last owner stays.
  public void remove(Account account, UUID project, UUID member) {
    projects.require(account, project, account.id().equals(member) ? Role.VIEWER : Role.OWNER);
    asSystem(() -> {
      int gone =
          sql.sql("delete from member where project_id = :project and account_id = :member")
              .param("project", project)
              .param("member", member)
              .update();
      if (gone == 0) {
        throw new NotFound("member");
      }
      requireAnOwner(project);
      return gone;
    });
  }

  /// Withdraws an invitation.
  public void uninvite(Account account, UUID project, String email) {
    projects.require(account, project, Role.OWNER);
    asSystem(() ->
        sql.sql("delete from invitation where project_id = :project and email = :email")
            .param("project", project)
            .param("email", email.strip().toLowerCase(Locale.ROOT))
            .update());
  }

  private void requireAnOwner(UUID project) {
    // the project's row is the lock: two owners who leave at once would each still see the other
    sql.sql("select id from project where id = :project for update")
        .param("project", project)
        .query()
        .singleRow();
    boolean owned =
        sql.sql("select exists (select from member where project_id = :project and role = 'owner')")
            .param("project", project)
            .query(Boolean.class)
            .single();
    if (!owned) {
      throw new Conflict("The project would have no owner: make somebody else an owner first.");
    }
  }

  @Override
  public boolean invited(String email) {
    return asSystem(() ->
        sql.sql("select exists (select from invitation where email = :email)")
            .param("email", email)
            .query(Boolean.class)
            .single());
  }

  @Override
  public void joined(Account account) {
    record Invitation(UUID project, Role role) {}
    sql.sql("delete from invitation where email = :email returning project_id, role")
        .param("email", account.email())
        .query((rs, n) -> new Invitation(rs.getObject("project_id", UUID.class), Projects.role(rs)))
        .list()
        .forEach(invitation -> join(invitation.project(), account.id(), invitation.role()));
  }

  /// Projects that nobody else is in go with the account; where others are in but none owns, the
  /// one who is in longest does from now on.
  @Override
  public void leaving(Account account) {
    sql.sql(
            """
            delete from project p using member m
             where m.project_id = p.id and m.account_id = :account
               and not exists (select from member o where o.project_id = p.id and o.account_id <> :account)\
            """)
        .param("account", account.id())
        .update();
    sql.sql(
            """
            update member set role = 'owner' where (project_id, account_id) in (
              select distinct on (o.project_id) o.project_id, o.account_id
                from member o join member m on m.project_id = o.project_id and m.account_id = :account
               where o.account_id <> :account
                 and not exists (select from member w
                                  where w.project_id = o.project_id and w.role = 'owner' and w.account_id <> :account)
               order by o.project_id, o.created_at)\
            """)
        .param("account", account.id())
        .update();
  }

  private <T> T asSystem(Supplier<T> work) {
    return Tenant.system(() -> transactions.execute(status -> work.get()));
  }

  private OffsetDateTime now() {
    return clock.instant().atOffset(ZoneOffset.UTC);
  }
}
