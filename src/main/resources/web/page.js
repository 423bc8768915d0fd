// Keeps the part of the page that is live as the service sees it. Without this file the page says the same when it is loaded again.
"use strict";
(() => {
  const live = document.getElementById("live");
  if (!live || !window.EventSource) return;
  const link = document.getElementById("link");
  let events = null;
  let isLoading = false;
  let isWanted = false;

  // What a person has ticked, opened or is about to press stays as it is.
  function replace(html) {
    const checked = [...live.querySelectorAll("input:checked")].map(it => it.id);
    const open = [...live.querySelectorAll("details[open]")].map(it => it.id);
    const typed = [...live.querySelectorAll("input[type=text]")].map(it => [it.id, it.value]);
    const focused = live.contains(document.activeElement) ? document.activeElement.id : "";
    const state = live.querySelector(".state")?.textContent;
    const next = new DOMParser().parseFromString(html, "text/html");
    live.replaceChildren(...next.body.childNodes);
    // A reader that is read to hears the state only when it is another one.
    const now = live.querySelector(".state");
    if (now && link && state !== undefined && now.textContent !== state) link.textContent = now.textContent;
    const find = id => id ? document.getElementById(id) : null;
    checked.map(find).forEach(it => { if (it) it.checked = true; });
    open.map(find).forEach(it => { if (it) it.open = true; });
    typed.forEach(([id, value]) => { const it = find(id); if (it) it.value = value; });
    find(focused)?.focus({preventScroll: true});
  }

  async function load() {
    if (isLoading) { isWanted = true; return; }
    isLoading = true;
    try {
      const answer = await fetch(live.dataset.fragment + location.search);
      if (answer.ok) replace(await answer.text());
    } catch (e) {
      // The stream says that the service is away, and loads anew when it is back.
    }
    isLoading = false;
    if (isWanted) { isWanted = false; load(); }
  }

  function listen() {
    if (events || document.hidden) return;
    events = new EventSource(live.dataset.events);
    events.addEventListener("change", load);
    events.onopen = () => { link.textContent = link.dataset.back; load(); };
    events.onerror = () => {
      link.textContent = link.dataset.lost;
      if (events.readyState === EventSource.CLOSED) { events = null; setTimeout(listen, 10000); }
    };
  }

  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { events?.close(); events = null; } else listen();
  });
  // Ages go on though nothing happens.
  setInterval(() => { if (!document.hidden) load(); }, 60000);
  listen();
})();
