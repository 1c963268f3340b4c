// What the page does before the program runs, and when it cannot: chooses theme and language, and
// turns every way of failing into one readable message. The program itself is Rust; this part must
// work where the program does not, so it is plain old JavaScript without a single modern word.
//
// The program reports a panic by
//   window.dispatchEvent(new CustomEvent("zabscope-panic", { detail: { message, scenario } }))
(function () {
  "use strict";

  var words = {
    en: {
      loading: "Starting five servers",
      noWasm: "This browser cannot run the servers",
      noWasmReason: "ZabScope needs WebAssembly, and this browser does not have it or has it switched off.",
      noWasmAdvice: "Chrome or Edge 112, Firefox 117 or Safari 16.5, or anything newer, will do.",
      notLoaded: "The servers could not be started",
      notLoadedReason: "A part of the page did not arrive or could not be run.",
      notLoadedAdvice: "Check the connection, then reload. If it happens again, an old copy may be in the way: reload with Shift held down.",
      panicked: "ZabScope stopped",
      panickedReason: "The program found itself in a state that must not be. This is a fault in ZabScope, not in what you did.",
      panickedAdvice: "With the text below the run can be played again, step by step, up to this point.",
      scenario: "The scenario of this run",
      copy: "Copy the report",
      copied: "Copied",
      reload: "Reload"
    },
    zh: {
      loading: "启动五台服务器",
      noWasm: "此浏览器无法运行这些服务器",
      noWasmReason: "ZabScope 需要 WebAssembly，而此浏览器不支持或已将其关闭。",
      noWasmAdvice: "请使用 Chrome 或 Edge 112、Firefox 117、Safari 16.5 或更新的版本。",
      notLoaded: "服务器未能启动",
      notLoadedReason: "页面的一部分没有送达，或无法运行。",
      notLoadedAdvice: "请检查网络后重新加载。若仍出现，可能是旧的缓存所致：请按住 Shift 重新加载。",
      panicked: "ZabScope 已停止",
      panickedReason: "程序进入了不应出现的状态。这是 ZabScope 的缺陷，与您的操作无关。",
      panickedAdvice: "用下面的文字可以逐步重放这次运行，直到此刻。",
      scenario: "本次运行的场景",
      copy: "复制报告",
      copied: "已复制",
      reload: "重新加载"
    }
  };

  function stored(key) {
    // Reading the storage throws where it is forbidden.
    try { return window.localStorage.getItem(key); } catch (forbidden) { return null; }
  }

  // The address may ask for a theme and a language, for a page within another.
  function asked(name) {
    var found = new RegExp("[?&]" + name + "=([\\w-]+)").exec(window.location.search);
    return found ? found[1] : null;
  }

  var root = document.documentElement;
  var theme = asked("theme") || stored("zabscope.theme");
  if (theme === "light" || theme === "dark" || theme === "projector") {
    root.setAttribute("data-theme", theme);
  }
  // As the program chooses: what the address asks for, else what was chosen last time, else the
  // first of the reader's languages that there are words of.
  var tags = [asked("lang"), stored("zabscope.language")].concat(navigator.languages || [navigator.language]);
  function spoken(tag) {
    var primary = String(tag || "").split("-")[0].toLowerCase();
    return Object.prototype.hasOwnProperty.call(words, primary) ? primary : "";
  }
  root.setAttribute("lang", tags.map(spoken).filter(Boolean)[0] || "en");
  // The language may be switched while the program runs.
  function say(word) { return (words[root.lang] || words.en)[word]; }

  function byId(id) { return document.getElementById(id); }
  function show(element, text) { element.textContent = text; element.hidden = false; }

  var failed = false;
  function fail(kind, details, scenario) {
    // The first failure is the cause; what follows from it would only hide it. A panic tells more
    // than the bare trap that comes with it, whichever of the two is seen first.
    if (failed && !scenario) { return; }
    failed = true;
    if (!byId("boot")) {
      document.addEventListener("DOMContentLoaded", function () {
        present(kind, details, scenario);
      });
      return;
    }
    present(kind, details, scenario);
  }

  function present(kind, details, scenario) {
    var boot = byId("boot");
    boot.setAttribute("data-state", "failed");
    boot.hidden = false;
    byId("boot-news").setAttribute("role", "alert");
    show(byId("boot-title"), say(kind));
    show(byId("boot-reason"), say(kind + "Reason"));
    show(byId("boot-advice"), say(kind + "Advice"));
    if (details) { show(byId("boot-details"), details); }
    if (scenario) {
      var field = byId("boot-scenario");
      field.hidden = false;
      field.querySelector("span").textContent = say("scenario");
      field.querySelector("textarea").value = scenario;
    }
    if (details || scenario) { offerCopy([details, scenario].filter(Boolean).join("\n\n")); }
    var reload = byId("boot-reload");
    reload.textContent = say("reload");
    reload.onclick = function () { window.location.reload(); };
    byId("boot-failure").hidden = false;
    // Nothing behind the message can be used any more.
    var app = byId("app");
    if (app) { app.setAttribute("inert", ""); app.setAttribute("aria-hidden", "true"); }
    reload.focus();
  }

  function offerCopy(report) {
    if (!navigator.clipboard) { return; }
    var copy = byId("boot-copy");
    show(copy, say("copy"));
    copy.onclick = function () {
      navigator.clipboard.writeText(report).then(function () { copy.textContent = say("copied"); });
    };
  }

  function describe(error) {
    if (!error) { return ""; }
    return String(error.stack || error.message || error);
  }

  // A trap of the program ends it; any other error before it is mounted keeps it from starting.
  function onError(error) {
    var trapped = typeof WebAssembly === "object" && error instanceof WebAssembly.RuntimeError;
    var boot = byId("boot");
    if (trapped) {
      fail("panicked", describe(error));
    } else if (!boot || !boot.hidden) {
      fail("notLoaded", describe(error));
    }
  }
  window.addEventListener("error", function (event) {
    // A script or style sheet that does not arrive reports itself on its element, without an error.
    var source = event.target && (event.target.src || event.target.href);
    onError(event.error || event.message || source);
  }, true);
  window.addEventListener("unhandledrejection", function (event) { onError(event.reason); });
  window.addEventListener("zabscope-panic", function (event) {
    var detail = event.detail || {};
    fail("panicked", detail.message, detail.scenario);
  });

  // Once the program runs, it is kept for the next visit without a network: by a hosted page, not
  // by a file, nor by `trunk serve`, whose page carries a script that reloads it.
  window.addEventListener("TrunkApplicationStarted", function () {
    var hosted = /^https?:$/.test(window.location.protocol) && navigator.serviceWorker;
    // In two parts, or it would be found right here.
    var reloads = document.documentElement.innerHTML.indexOf(".well-known" + "/trunk") >= 0;
    if (hosted && !reloads) {
      // Where it is forbidden the page is as good, but needs the network.
      navigator.serviceWorker.register("sw.js").catch(function () {});
    }
  });

  if (typeof WebAssembly !== "object") { fail("noWasm"); }

  document.addEventListener("DOMContentLoaded", function () {
    if (!failed) { byId("boot-title").textContent = say("loading"); }
  });
})();
