export default defineNuxtConfig({
  compatibilityDate: "2026-01-15",
  css: ["~/assets/css/main.css"],
  telemetry: false,
  routeRules: {
    "/": { prerender: true },
    "/breads": { prerender: true },
  },
  app: {
    head: {
      htmlAttrs: { lang: "en" },
      link: [{ rel: "icon", type: "image/svg+xml", href: "/loaf.svg" }],
    },
  },
})
