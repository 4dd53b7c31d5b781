import { createI18n } from 'vue-i18n';

import de from './locales/de.json';
import en from './locales/en.json';
import fr from './locales/fr.json';

const wanted = new URLSearchParams(window.location.search).get('lang');

export const i18n = createI18n({
  legacy: false,
  locale: wanted ?? 'en',
  fallbackLocale: 'en',
  messages: { de, en, fr },
});
