/**
 * Pryo in the browser: which segment of an experiment a visitor sees, and the events that tell.
 *
 * init({ key, host, consent }) once, then variant("key") where a difference is shown and
 * trackEvent("name") where something happened. Nothing here throws: the worst answer is "control"
 * with nothing sent. Importing the module does nothing, so it may run on a server too.
 *
 * @typedef {object} Options
 * @property {string} key the project's write key, public by design
 * @property {string} host where Pryo is, as in "https://pryo.example.com"
 * @property {"ask" | "granted"} [consent] "ask" (also where left out): nothing is stored, read or
 *   sent until consent(true), on every page anew; "granted": the site's owner has a legal basis
 * @property {string | number} [userId] for apps behind sign-in; else one random id per browser
 * @property {string} [cookieDomain] else the widest one that the browser accepts
 * @property {number} [timeout] how long a first visit waits for the rules, in ms; 300 by default
 * @property {boolean} [allowBots] for browser tests of one's own site
 * @property {boolean} [debug] say in the console what was dropped and why
 */

const SEGMENT = /^(control|test[1-9]\d*)$/;
const FORCED = /[#&?](control|test[1-9]\d*)$/;
const BOT = /(^|[^u])bot|crawl|spider|slurp|headless|lighthouse/i;
const ID = "pryo_id";
const PREVIEW = "pryo_preview";
const WEEK = 7 * 24 * 3600 * 1000;

/** @type {Options} what init was given; undefined before */
let settings;
/** True: agreed, or granted by the owner's word. False: refused. Undefined: not asked yet. */
let agreed;
/** The unit of every experiment; "" while nobody may be told from anybody. Fixed for the page. */
let visitor = "";
/** The active experiments as this page knows them; fixed once they are there. */
let rules = [];
/** Waiting for the rules of a first visit. */
let deciding = false;
let patience;
/** Grows with each consent and withdrawal, so that an answer to an earlier one is left alone. */
let round = 0;
/** In a preview tab { key, segment }, where no key stands for every experiment. */
let preview;
let badge;
const exposed = new Set();
const listeners = new Set();
let resolveReady;
const readiness = new Promise((resolve) => (resolveReady = resolve));

// Asking

/** Starts the client; a second call does nothing. @param {Options} options */
export function init(options) {
  attempt(() => {
    if (settings || typeof document === "undefined") return;
    settings = { timeout: 300, ...options };
    if (agreed === undefined && settings.consent === "granted") agreed = true;
    readPreview();
    on(window, "hashchange", readPreview);
    on(window, "popstate", readPreview);
    on(window, "online", flush);
    on(window, "pagehide", leave);
    on(document, "visibilitychange", () => document.visibilityState === "hidden" && leave());
    if (document.prerendering) on(document, "prerenderingchange", begin);
    else begin();
  });
}

/**
 * The segment to show, at once. Asking is the exposure: ask where the difference is rendered.
 * Outside an experiment, or before the rules are there, it is the fallback with nothing sent.
 */
export function variant(key, fallback = "control") {
  return attempt(() => {
    const segment = segmentOf(key);
    if (segment) expose(key, segment);
    return segment;
  }) || fallback;
}

/** As variant, without an exposure. */
export function peek(key) {
  return attempt(() => segmentOf(key)) || "control";
}

/**
 * Something happened, as in trackEvent("purchase", { value: 19.9, currency: "EUR" }). A number in
 * props.value becomes the event's value. Sent only for visitors with consent.
 */
export function trackEvent(name, props = {}) {
  attempt(() => {
    if (document.prerendering) {
      on(document, "prerenderingchange", () => trackEvent(name, props));
    } else if (visitor && name && typeof name === "string") {
      const properties = plain(props) || {};
      const event = { event: name, properties };
      if (Number.isFinite(properties.value)) {
        event.value = properties.value;
        delete properties.value;
      }
      enqueue(event);
    }
  });
}

/** Resolves when init has the rules, may have none, or has waited for the timeout. */
export function ready() {
  return readiness;
}

/** Calls f whenever answers may have changed: rules, preview or consent. Returns the way out. */
export function onChange(f) {
  listeners.add(f);
  return () => listeners.delete(f);
}

/** The visitor agrees (true) or refuses or withdraws (anything else): then all is forgotten. */
export function consent(yes) {
  attempt(() => {
    agreed = yes === true;
    if (!settings || document.prerendering) return;
    if (!agreed) forget();
    else if (!visitor) begin();
  });
}

// Deciding

function begin() {
  if (navigator.globalPrivacyControl || navigator.doNotTrack === "1") {
    agreed = false;
  }
  if (agreed === false) forget();
  if (agreed && settings.key && !isBot()) join();
  else decided();
}

function isBot() {
  return !settings.allowBots && (navigator.webdriver || BOT.test(navigator.userAgent));
}

/**
 * The rules of the last visit count at once and are refreshed behind. Without them a visitor waits
 * for the timeout; who gets the rules later is out for this page, whatever the segment, since else
 * slow visitors would all count as control.
 */
function join() {
  const mine = ++round;
  visitor = unit();
  const copy = sound(read(own("rules")));
  rules = copy || [];
  deciding = !copy && !!visitor;
  if (deciding) patience = setTimeout(decided, settings.timeout);
  else decided();
  if (visitor) {
    fetchRules().then((text) => {
      if (mine !== round) return;
      const fresh = sound(text);
      if (fresh) write(own("rules"), text);
      if (!deciding) return;
      rules = fresh || [];
      decided();
    });
    if (pending().length) later(2000);
  }
}

function decided() {
  clearTimeout(patience);
  deciding = false;
  document.documentElement.setAttribute("data-pryo-ready", "");
  resolveReady();
  changed();
}

function changed() {
  listeners.forEach((f) => attempt(f));
}

/** The rules as text, "" where they cannot be had. The browser's own cache adds the ETag. */
async function fetchRules() {
  try {
    const response = await fetch(url("assignments/"), { credentials: "omit" });
    // A project that is gone ends its experiments for those who still have a copy, too.
    if (response.status === 404) drop(own("rules"));
    return response.ok ? await response.text() : "";
  } catch (error) {
    warn(error);
    return "";
  }
}

/** The active experiments in the text, or null where it is not what the server would say. */
function sound(text) {
  try {
    return JSON.parse(text).experiments.filter(
      (experiment) =>
        experiment.status === "active" &&
        typeof experiment.seed === "string" &&
        Number.isInteger(experiment.exposure_bound) &&
        experiment.segments.every((segment) => Number.isInteger(segment.until)),
    );
  } catch {
    return null;
  }
}

/** The forced segment, else the bucketed one; nothing outside the experiment. */
function segmentOf(key) {
  const experiment = rules.find((each) => each.key === key);
  if (preview && forces(key, experiment)) return preview.segment;
  return experiment && bucket(experiment, visitor);
}

function forces(key, experiment) {
  if (preview.key) return preview.key === key;
  return !experiment || experiment.segments.some((each) => each.key === preview.segment);
}

/** The key of the segment that a visitor sees, or null outside the experiment. */
export function bucket({ seed, exposure_bound, segments }, userId) {
  if (!userId || hash(seed + ":exposure:" + userId) >= exposure_bound) return null;
  const place = hash(seed + ":" + userId);
  const segment = segments.find((each) => place < each.until);
  return segment && SEGMENT.test(segment.key) ? segment.key : null;
}

/** MurmurHash3, x86, 32 bits, seed 0, of the text in UTF-8: a whole number below 2^32. */
export function hash(text) {
  return murmur3(utf8(text));
}

/** The same of bytes. */
export function murmur3(bytes) {
  const { length } = bytes;
  const scramble = (k) => {
    k = Math.imul(k, 0xcc9e2d51);
    return Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  };
  let h = 0;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    h ^= scramble(bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24));
    h = Math.imul((h << 13) | (h >>> 19), 5) + 0xe6546b64;
  }
  // Bytes past the end are undefined, which shifts and joins as 0.
  h ^= scramble(bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16)) ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** An id made of what it says, so that a repeat from another tab or day is the same event. */
function expose(key, segment) {
  const name = [visitor, key, segment, settings.key, !!preview].join("\n");
  if (!visitor || exposed.has(name)) return;
  exposed.add(name);
  // The second hash reads the text one byte further on, so it does not collide with the first.
  const id = `x${hash(name)}-${hash("+" + name)}`;
  enqueue({ id, event: "$exposure", experiment: key, segment });
}

// Who the visitor is

/** The given user, else the id kept in cookie and storage, where either restores the other. */
function unit() {
  const { userId, cookieDomain } = settings;
  if (typeof userId === "string") return userId.replace(/\p{Cs}/gu, "\ufffd");
  if (userId || userId === 0) return Number.isSafeInteger(userId) ? "" + userId : "";
  const kept = attempt(() => /(?:^|; )pryo_id=([\w-]+)/.exec(document.cookie));
  const id = kept?.[1] || read(ID) || randomId();
  write(ID, id);
  attempt(() => {
    for (const domain of cookieDomain ? [cookieDomain] : domains()) {
      cookie("pryo_try", 1, domain, 9);
      if (document.cookie.includes("pryo_try=1")) {
        cookie("pryo_try", "", domain, 0);
        cookie(ID, id, domain, 180 * 24 * 3600);
        return;
      }
    }
  });
  return id;
}

/** 120 random bits as 20 characters. */
function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(15));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, "-").replace(/\//g, "_");
}

/** Where a cookie may live, the widest first; "" is this host alone. */
function domains() {
  const labels = location.hostname.split(".");
  return [...labels.slice(1).map((_, i) => labels.slice(-2 - i).join(".")), ""];
}

function cookie(name, value, domain, seconds) {
  document.cookie =
    `${name}=${value}; Path=/; Max-Age=${seconds}; SameSite=Lax` +
    (location.protocol === "https:" ? "; Secure" : "") +
    (domain && "; Domain=" + domain);
}

function forget() {
  round++;
  visitor = "";
  rules = [];
  exposed.clear();
  later(0);
  [ID, own("rules"), ...places()].forEach(drop);
  attempt(() => {
    [settings.cookieDomain || "", ...domains()].forEach((domain) => cookie(ID, "", domain, 0));
  });
  changed();
}

// Preview

/**
 * #test1 at the end of the fragment makes this a preview tab, of one experiment where the query
 * names it with pryo=. The tab's own storage keeps it, with or without consent: it was asked for.
 */
function readPreview() {
  const found = FORCED.exec(location.hash);
  if (found) {
    preview = { key: new URLSearchParams(location.search).get("pryo"), segment: found[1] };
    attempt(() => sessionStorage.setItem(PREVIEW, JSON.stringify(preview)));
  } else if (!preview) {
    const kept = attempt(() => JSON.parse(sessionStorage.getItem(PREVIEW)));
    if (kept && SEGMENT.test(kept.segment)) preview = kept;
  }
  if (!preview) return;
  if (document.readyState === "complete") showBadge();
  else on(window, "load", showBadge);
  changed();
}

function showBadge() {
  if (!badge) {
    badge = document.createElement("button");
    badge.type = "button";
    badge.title = "Leave the preview";
    on(badge, "click", leavePreview);
    badge.style.cssText =
      "position:fixed;left:12px;bottom:12px;z-index:2147483647;padding:8px 12px;border:0;" +
      "border-radius:6px;background:#222;color:#fff;font:14px sans-serif;cursor:pointer";
    document.body.append(badge);
  }
  const { segment } = preview;
  const name = segment[0].toUpperCase() + segment.slice(1).replace(/\d+/, " $&");
  badge.textContent = `Preview: ${name} \u00d7`;
}

function leavePreview() {
  sessionStorage.removeItem(PREVIEW);
  const { pathname, search, hash: fragment } = location;
  history.replaceState(history.state, "", pathname + search + fragment.replace(FORCED, ""));
  location.reload();
}

// Sending

/** Part of the ids, which are in the order of what the page said, after those of exposures. */
let count = 1e6;
/** Ids on their way, or given to a beacon. That has no answer: the next page sends them again. */
const handed = new Set();
let timer = 0;
let fails = 0;
let most = 100;
let sending = null;

function enqueue(event) {
  const id = "y" + Date.now() + count++ + randomId();
  event = { id, user_id: visitor, timestamp: new Date().toISOString(), ...event };
  if (preview) event.preview = true;
  if (weigh(event) > 32768) {
    warn("too large:", event);
    delete event.properties;
  }
  // What is too large even so, by its name or its user, no server would take.
  if (weigh(event) > 32768 || read(place(event.id))) return;
  write(place(event.id), JSON.stringify(event));
  // What a full storage had no room for is tried again.
  memory.forEach((text, name) => write(name, text));
  trim();
  if (!timer) later(2000);
  if (pending().length >= 10 && !fails) flush();
}

/** Sends then, and not when it was to be sent before; 0 stops that. */
function later(ms) {
  clearTimeout(timer);
  timer = ms && setTimeout(() => {
    timer = 0;
    flush();
  }, ms);
}

/** Sends what waits; resolves when it is sent, or when the server could not take it. */
export function flush() {
  if (!sending) {
    later(0);
    sending = drain().finally(() => (sending = null));
  }
  return sending;
}

/** One tab at a time where the browser can say so; elsewhere repeats are harmless. */
async function drain() {
  if (!visitor) return;
  const work = async () => {
    while (visitor && (await post(take(60000))));
  };
  await (navigator.locks ? navigator.locks.request("pryo", work).catch(work) : work());
}

/** Sends a batch; true if there may be more to send now. */
async function post(batch) {
  if (!batch.length) return false;
  hand(batch);
  let status = 0;
  let after = 0;
  try {
    const response = await fetch(url("events?v=unknown&key="), {
      method: "POST",
      body: JSON.stringify(batch),
      keepalive: true,
      credentials: "omit",
      signal: AbortSignal.timeout?.(20000),
    });
    after = Number(response.headers.get("Retry-After"));
    // Whoever answers 200 without a receipt is not Pryo, and has stored nothing.
    if (response.ok) (await response.json()).rejected.forEach((each) => warn("rejected:", each));
    status = response.status;
  } catch (error) {
    warn(error);
  }
  const again = !status || status === 408 || status === 429 || status >= 500;
  const halve = status === 413 && batch.length > 1;
  if (again || halve) {
    batch.forEach((event) => handed.delete(event.id));
    if (halve) most = batch.length >> 1;
    else later(1000 * pause(after));
    return halve;
  }
  if (status >= 400) warn("rejected:", status);
  fails = 0;
  remove(batch);
  return true;
}

/** Seconds: what the server asked for, else 1, 2, 4 and so on to 60, a quarter more or less. */
function pause(after) {
  const wait = Math.min(2 ** fails++, 60) * (0.75 + Math.random() / 2);
  return after > 0 ? Math.min(after, 3600) : wait;
}

/** Hiding and leaving both come here; what a beacon took is marked, so it goes once. */
function leave() {
  if (!visitor) return;
  const batch = take(30000);
  if (batch.length && navigator.sendBeacon(url("events?v=unknown&key="), JSON.stringify(batch))) hand(batch);
}

function hand(batch) {
  batch.forEach((event) => handed.add(event.id));
}

/** As many as fit. What is too large for a beacon waits for the next page. */
function take(bytes) {
  return pending().filter((event) => {
    const weight = weigh(event) + 1;
    return weight < bytes && (bytes -= weight);
  }).slice(0, most);
}

function pending() {
  return queue().filter((event) => !handed.has(event.id));
}

/** What no server has confirmed, of all pages, at most a week old: exposures, then by age. */
function queue() {
  return places().flatMap((name) => {
    const event = attempt(() => JSON.parse(read(name)));
    if (Date.now() - Date.parse(event?.timestamp) < WEEK) return event;
    drop(name);
    return [];
  });
}

/** Each event has a place of its own, so two tabs that write at once overwrite nothing. */
function place(id) {
  return own("queue") + ":" + id;
}

function places() {
  const stored = attempt(() => Object.keys(localStorage)) || [];
  return [...stored, ...memory.keys()].filter((name) => name.startsWith(place(""))).sort();
}

function remove(events) {
  events.forEach((event) => drop(place(event.id)));
}

/** At most 200 events and 128 KB; beyond that the oldest goes first, exposures last. */
function trim() {
  const events = queue();
  while (events.length > 200 || JSON.stringify(events).length > 131072) {
    const oldest = events.findIndex((each) => each.event !== "$exposure");
    remove(events.splice(oldest, 1));
  }
}

/** A copy that JSON can carry: plain objects and lists, 8 levels at most, no cycles. */
function plain(value, above = []) {
  if (typeof value?.toJSON === "function") value = value.toJSON();
  if (typeof value === "bigint") return "" + value;
  if (!value || typeof value !== "object") return value;
  if (above.length > 7 || above.includes(value)) return undefined;
  const inside = [...above, value];
  if (Array.isArray(value)) return value.map((each) => plain(each, inside));
  if (Object.prototype.toString.call(value) !== "[object Object]") return undefined;
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v, inside)]));
}

// Small tools

function url(path) {
  return `${settings.host}/api/${path}${settings.key}`;
}

/** Where this project's things are kept, apart from another one's on the same site. */
function own(name) {
  return `pryo_${name}_${settings.key}`;
}

function weigh(event) {
  return utf8(JSON.stringify(event)).length;
}

function utf8(text) {
  return new TextEncoder().encode(text);
}

/** What a full or blocked storage does not take, by its name there. */
const memory = new Map();

function read(name) {
  return memory.get(name) || attempt(() => localStorage.getItem(name));
}

function write(name, text) {
  memory.set(name, text);
  attempt(() => {
    localStorage.setItem(name, text);
    memory.delete(name);
  });
}

function drop(name) {
  memory.delete(name);
  attempt(() => localStorage.removeItem(name));
}

function on(target, type, f) {
  target.addEventListener(type, () => attempt(f));
}

function attempt(f) {
  try {
    return f();
  } catch (error) {
    warn(error);
  }
}

function warn(...what) {
  if (settings?.debug) console.warn("Pryo:", ...what);
}
