import { createRouter, createWebHistory } from 'vue-router';

import HomeView from '@/views/HomeView.vue';

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'home', component: HomeView },
    { path: '/plans', name: 'plans', component: () => import('@/views/PlansView.vue') },
    { path: '/visit', name: 'visit', component: () => import('@/views/VisitView.vue') },
  ],
  scrollBehavior: () => ({ top: 0 }),
});
