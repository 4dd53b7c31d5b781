// The end of the served script: pryo.js above and these lines stand in one function.
// A second copy on the page does nothing. Without data-key the page calls pryo.init itself.
if (!window.pryo?.variant) {
  const { src, dataset: data = {} } = document.currentScript || {};
  const says = (flag) => flag !== undefined && flag !== "false";
  window.pryo = { init, variant, peek, trackEvent, ready, onChange, consent, flush };
  if (data.key) {
    init({
      key: data.key,
      host: (src ? new URL(src) : location).origin,
      consent: data.consent,
      cookieDomain: data.cookieDomain,
      allowBots: says(data.allowBots),
      debug: says(data.debug),
    });
  }
  // For code that ran before this script, which may come late, since it is async.
  document.dispatchEvent(new Event("pryo"));
}
