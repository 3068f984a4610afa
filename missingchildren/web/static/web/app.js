// Starts the design systems' modules, saves drafts, refreshes regions. Pages work without.
const own = document.querySelector("script[data-govuk]");
const kits = Promise.allSettled([import(own.dataset.govuk), import(own.dataset.moj)]);

async function start(scope) {
  for (const kit of await kits) if (kit.value) kit.value.initAll(scope ? { scope } : {});
}

function add(parent, className, live) {
  const box = document.createElement("p");
  box.className = className;
  if (live) box.setAttribute("role", live);
  parent.prepend(box);
  return box;
}

// --- <form data-autosave-url>: sent 2 s after the last key, 13 s after the first: {"saved_at", "version"?}
const QUIET = 2000, LONGEST = 13000, RETRY = 10000, SPOKEN = 30000;

function autosave(form) {
  const shown = add(form, "govuk-body-s app-saved");
  const spoken = add(form, "govuk-visually-hidden", "status");
  const trouble = add(form, "app-not-saved", "alert");
  trouble.hidden = true;
  const page = Math.random();
  let timer, busy, dirty, over, cut, last = "", saidAt = -SPOKEN;

  const later = (delay) => { clearTimeout(timer); timer = setTimeout(save, delay); };
  const warn = (text) => { if (trouble.textContent !== text) trouble.textContent = text; trouble.hidden = false; };

  async function save() {
    if (busy || over || !dirty) return;
    busy = true;
    dirty = 0;
    try {
      const body = new FormData(form);
      for (const input of form.querySelectorAll("[type=password], [type=file]")) body.delete(input.name);
      const answer = await fetch(form.dataset.autosaveUrl, {
        method: "POST", body, redirect: "manual", signal: AbortSignal.timeout?.(15000),
        headers: { "X-CSRFToken": body.get("csrfmiddlewaretoken") || "", "X-Page": `${page} ${Date.now()}`, Accept: "application/json" },
      });
      cut = 0;
      if (answer.status === 409) return stop("This draft was changed somewhere else. Copy what you typed, then open the page again.");
      if ([0, 401, 403].includes(answer.status))
        return stop("You are no longer signed in, so this is not being saved. Keep this page open, sign in in another tab, then continue here.");
      if (!answer.ok) throw 0;
      const saved = answer.status === 204 ? {} : await answer.json();
      const version = form.querySelector("[data-autosave-version]");
      if (version && saved.version) version.value = saved.version;
      last = saved.saved_at || new Date().toLocaleTimeString("en-GB").slice(0, 5);
      used();
      trouble.hidden = true;
      trouble.textContent = "";
      shown.textContent = `Draft saved at ${last}`;
      if (Date.now() - saidAt >= SPOKEN) { spoken.textContent = shown.textContent; saidAt = Date.now(); }
    } catch (failure) {
      cut = failure;
      dirty = Date.now();
      warn(`Not saved since ${last || "you opened this page"}. Your words stay on this page and we keep trying.`);
      later(RETRY);
    } finally {
      busy = false;
      if (dirty && trouble.hidden) later(QUIET);
    }
  }
  function stop(text) { over = true; warn(text); }

  form.addEventListener("input", () => {
    dirty ||= Date.now();
    if (!over) later(Math.min(QUIET, dirty + LONGEST - Date.now()));
  });
  form.addEventListener("submit", (event) => {
    if (cut && !over) { event.preventDefault(); dirty ||= 1; later(0); }
    else { over = true; clearTimeout(timer); }
  });
  addEventListener("online", save);
  addEventListener("pageshow", () => { over = false; });
  document.addEventListener("visibilitychange", save);
}

// --- <div id data-refresh-url data-refresh-seconds data-refresh-message>: asked for again, and replaced.
// It waits while the tab is hidden or the focus is inside. It speaks only if its data-refresh-key's changed.
const keys = (box) => [...box.querySelectorAll("[data-refresh-key]")].map((e) => e.dataset.refreshKey).join();

function plain(box) {
  const copy = box.cloneNode(true);
  for (const token of copy.querySelectorAll("[name=csrfmiddlewaretoken]")) token.setAttribute("value", "");
  return copy;
}

function refresh(region) {
  const spoken = add(region.parentNode, "govuk-visually-hidden", "status");
  let seen = plain(region);
  const timer = setInterval(async () => {
    if (document.hidden || region.contains(document.activeElement)) return;
    try {
      const answer = await fetch(region.dataset.refreshUrl || location.href, { redirect: "manual", headers: { "X-Refresh": "1" } });
      if ([0, 401].includes(answer.status)) {
        clearInterval(timer);
        spoken.className = "app-not-saved";
        spoken.textContent = "You are no longer signed in, so this page is out of date.";
      }
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = page.getElementById(region.id);
      if (!next || region.contains(document.activeElement)) return;
      const copy = plain(next);
      if (copy.isEqualNode(seen)) return;
      const changed = keys(copy) !== keys(seen);
      seen = copy;
      region.replaceChildren(...next.childNodes);
      start(region);
      if (changed) spoken.textContent = `${region.dataset.refreshMessage || "This list has changed."} ${new Date().toLocaleTimeString("en-GB")}`;
    } catch { /* the next turn tries again */ }
  }, 1000 * (Number(region.dataset.refreshSeconds) || 30));
}

// --- <div data-idle-seconds data-stay-url hidden>: shown when long unused
const idle = document.querySelector("[data-idle-seconds]");
let end;
function used() {
  if (!idle) return;
  idle.hidden = true;
  clearTimeout(end);
  end = setTimeout(() => { idle.hidden = false; }, 1000 * idle.dataset.idleSeconds);
}
idle?.querySelector("button").addEventListener("click", async () => {
  if ((await fetch(idle.dataset.stayUrl, { redirect: "manual" })).ok) used();
});
used();

document.querySelectorAll("[data-refresh-url]").forEach(refresh);
document.querySelectorAll("form[data-autosave-url]").forEach(autosave);
start();
