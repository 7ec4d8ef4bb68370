import init from "{module}";

// What the server wrote is shown before the app is even fetched, which would keep it from coming on a slow line. A tab in
// the background shows nothing, and does not wait.
const shown = new Promise((done) => {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));
  setTimeout(done, 300);
});
init({ module_or_path: shown.then(() => WebAssembly.compileStreaming(fetch("{wasm}"))) });
