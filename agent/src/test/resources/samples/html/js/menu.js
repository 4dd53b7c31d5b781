const here = location.pathname.split('/').pop() || 'index.html';

for (const link of document.querySelectorAll('#menu a')) {
    if (link.getAttribute('href') === here) {
        link.classList.add('here');
        link.setAttribute('aria-current', 'page');
    }
}
