import { Routes } from '@angular/router';

import { Home } from './home/home';

export const routes: Routes = [
  { path: '', component: Home, title: 'Kestrel: pictures of your roof' },
  {
    path: 'prices',
    loadComponent: () => import('./prices/prices').then((file) => file.Prices),
    title: 'Prices | Kestrel',
  },
  {
    path: 'contact',
    loadComponent: () => import('./contact/contact').then((file) => file.Contact),
    title: 'Contact | Kestrel',
  },
  { path: '**', redirectTo: '' },
];
