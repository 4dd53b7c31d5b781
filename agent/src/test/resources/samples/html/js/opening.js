const opening = document.querySelector('#opening');
const now = new Date();
const open = now.getDay() > 0 && now.getHours() >= 8 && now.getHours() < 18;

opening.title = open ? 'We are in the shop now' : 'We are asleep or riding';
