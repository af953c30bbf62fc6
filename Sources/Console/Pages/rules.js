"use strict";
// A page about work that goes on looks again by itself until it is done.
(function () {
  var box = document.getElementById("work");
  if (!box || !box.dataset.open) return;
  var live = document.getElementById("live");
  function look() {
    fetch(location.href, { headers: { accept: "text/html" }, credentials: "same-origin" })
      .then(function (reply) { if (!reply.ok) throw new Error(); return reply.text(); })
      .then(function (text) {
        var now = new DOMParser().parseFromString(text, "text/html").getElementById("work");
        if (!now) return;
        if (now.dataset.open) {
          var bar = box.querySelector("progress"), next = now.querySelector("progress");
          if (bar && next) bar.value = next.value;
          var said = box.querySelector("[role=status]"), words = now.querySelector("[role=status]");
          if (said && words && said.textContent !== words.textContent) said.textContent = words.textContent;
          setTimeout(look, 1000);
          return;
        }
        box.replaceWith(document.importNode(now, true));
        var heading = document.querySelector("h1");
        if (live && heading) live.textContent = heading.textContent;
      })
      .catch(function () { setTimeout(look, 5000); });
  }
  setTimeout(look, 1000);
})();
