const form = document.querySelector('#booking');

form.addEventListener('submit', (event) => {
    event.preventDefault();
    form.hidden = true;
    document.querySelector('#thanks').hidden = false;
});
