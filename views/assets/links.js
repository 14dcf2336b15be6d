// Links of our own HTML blocks change page inside the running session: Streamlit follows the browser's history,
// so writing the address and telling it is enough. Anything else (new tab, other site, download) is left alone.
if (!window.__maillageLinks) {
  window.__maillageLinks = true;
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest && event.target.closest("[data-testid='stHtml'] a[href]");
    if (!link) return;
    const target = new URL(link.getAttribute("href"), document.baseURI);
    if (target.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    history.pushState({}, "", target);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    document.querySelector("[data-testid='stMain']")?.scrollTo(0, 0);
  });
}
