// Keeps the whole page for visits without a network.
//
// The page's own text names every file of a build by the hash of its content. So it is the version:
// each build has a cache of its own, named by the digest of that text, and a page is kept only
// when all its files are. The page itself is asked of the network first, so that a new build shows at once;
// where the network is gone, or does not answer in time, the kept one opens. Files are asked of the
// caches first, since a name with a hash never means anything else.
"use strict";

const PREFIX = "zabscope-";
const PAGE = "./";
// What the page's text does not name, or names without a hash.
const BESIDE = [
  "manifest.webmanifest",
  "icon.svg",
  "icon-192.png",
  "icon-512.png",
  "icon-maskable-512.png",
  "fonts/atkinson-hyperlegible-next-latin-wght-normal.woff2",
  "fonts/atkinson-hyperlegible-mono-latin-wght-normal.woff2",
];
const PATIENCE_MILLIS = 4000;

self.addEventListener("install", (event) => {
  event.waitUntil(fetch(PAGE, { cache: "no-cache" }).then(keep).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || !url.href.startsWith(self.registration.scope)) return;
  if (request.mode === "navigate") {
    if (isPage(url)) event.respondWith(openPage(event));
  } else {
    event.respondWith(kept(request).then((response) => response || fetch(request)));
  }
});

function isPage(url) {
  const path = url.href.slice(self.registration.scope.length).replace(/[?#].*$/, "");
  return path === "" || path === "index.html";
}

async function openPage(event) {
  // A copy that the browser still holds may be of the build before.
  const fromNetwork = fetch(event.request.url, { cache: "no-cache", redirect: "manual" });
  event.waitUntil(fromNetwork.then((response) => keep(response.clone())).catch(() => {}));
  const late = new Promise((_, reject) => setTimeout(reject, PATIENCE_MILLIS));
  try {
    const response = await Promise.race([fromNetwork, late]);
    // A host in trouble answers with something else than the page.
    if (response.ok || response.type === "opaqueredirect") return response;
  } catch (unreachable) {
    // No network, or none worth waiting for.
  }
  return (await kept(PAGE)) || fromNetwork;
}

// A file of whichever build is kept; the address's query says how to begin, not which file.
function kept(request) {
  return caches.match(request, { ignoreSearch: true });
}

// Keeps the build that this page belongs to, unless it is kept already; then forgets all others.
async function keep(response) {
  if (!response.ok) return;
  const text = await response.text();
  const name = PREFIX + (await digest(text));
  const cache = await caches.open(name);
  if (!(await cache.match(PAGE))) {
    // Each file or none; and the page last, so that a cache that has the page has everything.
    await cache.addAll([...filesOf(text), ...BESIDE]);
    const headers = { "Content-Type": "text/html; charset=utf-8" };
    await cache.put(PAGE, new Response(text, { headers }));
  }
  for (const other of await caches.keys()) {
    if (other !== name && other.startsWith(PREFIX)) await caches.delete(other);
  }
}

// Every address with a hash in its name, as trunk writes them.
function filesOf(text) {
  const quoted = text.matchAll(/["']([^"'\s]+-[0-9a-f]{8,}(?:_bg)?\.(?:css|js|wasm))["']/g);
  return new Set(Array.from(quoted, ([, address]) => address));
}

async function digest(text) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  const hex = (byte) => byte.toString(16).padStart(2, "0");
  return Array.from(new Uint8Array(bytes).slice(0, 8), hex).join("");
}
