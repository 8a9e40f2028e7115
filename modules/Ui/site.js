// Every page works without this file. It puts <main> and the menu in place instead of loading the page anew.
(() => {
  let current = 0;
  const isPage = url => url.origin === location.origin && !/^\/(api|odata|openapi|health|metrics|assets)\b/.test(url.pathname);

  async function go(url, init, pushes) {
    const ticket = ++current, main = document.getElementById('main');
    main.setAttribute('aria-busy', 'true');
    try {
      const answer = await fetch(url, { credentials: 'same-origin', ...init });
      if (ticket !== current) return;
      if (!(answer.headers.get('content-type') || '').startsWith('text/html')) throw new TypeError('no page');
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html'), next = page.getElementById('main');
      if (!next) throw new TypeError('another frame');
      if (!page.querySelector('.sidebar') !== !document.querySelector('.sidebar')) return location.assign(answer.url);   // signed in or out
      const target = new URL(answer.url);
      target.hash = new URL(url, location.href).hash;
      if (pushes && (answer.redirected || !(init && init.method))) history.pushState(null, '', target);
      document.title = page.title;
      main.replaceWith(document.adoptNode(next));
      const menu = page.querySelector('.sidebar'), old = document.querySelector('.sidebar');
      if (menu && old) old.replaceWith(document.adoptNode(menu));
      if (pushes && !(init && init.stays)) scrollTo(0, 0);
      const focus = next.querySelector('[role=alert]') || (target.hash && document.getElementById(target.hash.slice(1))) || next.querySelector('[role=status]') || next.querySelector('h1');
      if (focus) focus.focus({ preventScroll: !focus.matches('[role=alert],[role=status]') });
      watch();
    } catch {
      if (init && init.method === 'POST') HTMLFormElement.prototype.submit.call(init.form); else location.href = url;
    }
  }

  // Long work: the page asks again until it is done.
  function watch() {
    const main = document.getElementById('main'), ticket = current;
    if (main.querySelector('[data-again]')) setTimeout(() => { if (ticket === current) go(location.href, { stays: true }, false); }, 1000);
  }

  addEventListener('click', event => {
    const link = event.target.closest('a[href]');
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (!isPage(url)) return;
    if (url.hash && url.pathname === location.pathname && url.search === location.search) {
      const place = document.getElementById(url.hash.slice(1));
      if (!place) return;
      event.preventDefault();
      place.scrollIntoView({ block: 'center' });
      (place.matches('input,select,textarea') ? place : place.querySelector('input,select,textarea') || place).focus();
      return;
    }
    event.preventDefault();
    go(url.href, { stays: !!link.closest('th,.pager') }, true);
  });

  addEventListener('submit', event => {
    const form = event.target, button = event.submitter, url = new URL(form.action || location.href);
    if (event.defaultPrevented || !isPage(url)) return;
    event.preventDefault();
    const data = new FormData(form);
    if (button && button.name) data.append(button.name, button.value);
    if (form.method === 'get') {
      url.search = new URLSearchParams([...data].filter(pair => pair[1] !== ''));
      return go(url.href, {}, true);
    }
    form.querySelectorAll('[type=submit]').forEach(one => { one.disabled = true; });
    go(url.href, { method: 'POST', form, body: form.enctype === 'multipart/form-data' ? data : new URLSearchParams(data) }, true);
  });

  watch();
  addEventListener('popstate', () => go(location.href, {}, false));
  addEventListener('change', event => { if (event.target.matches('form.filter select')) event.target.form.requestSubmit(); });
})();
