// Keeps the progress of an intake fresh. Without this file the page is loaded anew every two seconds.
(() => {
  "use strict";
  const run = document.getElementById("run");
  if (!run) return;
  const said = document.getElementById("run-said");
  const bar = document.getElementById("run-bar");
  let pause = 1000;
  async function look() {
    try {
      const answer = await fetch(run.dataset.address, { headers: { Accept: "application/json" } });
      if (answer.status === 404 || answer.status === 401) return;
      if (answer.ok) {
        const job = await answer.json();
        if (job.over || job.state !== run.dataset.state && job.state !== "running") { location.reload(); return; }
        if (said.textContent !== job.said) said.textContent = job.said;
        if (job.percent === null) bar.removeAttribute("value"); else bar.value = job.percent;
        pause = 1000;
      }
    } catch { pause = Math.min(pause * 2, 30000); }
    setTimeout(look, pause);
  }
  setTimeout(look, pause);
})();
