// Before the first paint: a page that is dark for its reader is never light for a moment. src/app/color-scheme.ts keeps it so.
(function () {
  var chosen = localStorage.getItem('atrium.theme');
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
