package dev.pryo.agent.edit;

/// Small apps, one for each framework.
final class Apps {
  private Apps() {}

  /// A page of React with data in a file.
  static Sample react() {
    return Sample.of(
        "package.json",
        "{ \"dependencies\": { \"react\": \"^19.0.0\" } }\n",
        "src/main.jsx",
        """
        import Hero from './Hero'
        import './index.css'

        export default Hero
        """,
        "src/index.css",
        """
        body {
          margin: 0;
        }
        """,
        "src/Button.jsx",
        """
        export default function Button(props) {
          return <button {...props} />
        }
        """,
        "src/Hero.jsx",
        """
        import { plans } from './data/plans'
        import Button from './Button'

        export default function Hero() {
          return (
            <section className="hero">
              <h1 className="title big">Blue mug</h1>
              <input id="email" placeholder="E-mail" />
              <Button className={'buy'}>Add to cart</Button>
              {plans.map((plan) => (
                <p key={plan.id} className="plan">
                  {plan.title}
                </p>
              ))}
              <div id="price">12</div>
              <div id="reviews">
                <b>Good</b>
              </div>
            </section>
          )
        }
        """,
        "src/data/plans.js",
        """
        export const plans = [
          { id: 'one', title: 'Solo' },
          { id: 'two', title: 'Team' },
        ]
        """);
  }

  /// A component whose texts stand in files of languages.
  static Sample i18n() {
    return Sample.of(
        "package.json",
        "{ \"dependencies\": { \"react\": \"^19.0.0\", \"react-i18next\": \"^15.0.0\" } }\n",
        "src/main.jsx",
        """
        import Hero from './Hero'

        export default Hero
        """,
        "src/Hero.jsx",
        """
        import { useTranslation } from 'react-i18next'

        export default function Hero() {
          const { t } = useTranslation()

          return <button>{t('hero.buy')}</button>
        }
        """,
        "src/locales/en.json",
        """
        {
          "hero": {
            "buy": "Add to cart",
            "other": "x"
          }
        }
        """,
        "src/locales/de.json",
        """
        {
          "hero": {
            "buy": "In den Warenkorb",
            "other": "y"
          }
        }
        """);
  }

  /// A page of Next's app router, rendered on the server.
  static Sample next() {
    return Sample.of(
        "package.json",
        "{ \"dependencies\": { \"next\": \"^16.0.0\", \"react\": \"^19.0.0\" } }\n",
        "tsconfig.json",
        "{}\n",
        "app/layout.tsx",
        """
        import './globals.css'

        export default function Layout({ children }: { children: React.ReactNode }) {
          return <html><body>{children}</body></html>
        }
        """,
        "app/globals.css",
        """
        body {
          margin: 0;
        }
        """,
        "app/page.tsx",
        """
        import Link from 'next/link'

        import { Footer } from '@/components/footer'

        export default async function Page() {
          return (
            <main>
              <Link className="buy" href="/cart">
                Add to cart
              </Link>
              <p id="price">12</p>
              <p id="reviews">Good</p>
              <Footer />
            </main>
          )
        }
        """,
        "components/footer.tsx",
        """
        export function Footer() {
          return <footer>Bye</footer>
        }
        """);
  }

  /// A page of Vue with data and languages.
  static Sample vue() {
    return Sample.of(
        "package.json",
        "{ \"dependencies\": { \"vue\": \"^3.5.0\" } }\n",
        "src/main.ts",
        """
        import { createApp } from 'vue';

        import App from './App.vue';

        createApp(App).mount('#app');
        """,
        "src/App.vue",
        """
        <script setup lang="ts">
        import { plans } from './plans';

        const { t } = useI18n();
        </script>

        <template>
          <section class="hero">
            <h1 class="title big">Blue mug</h1>
            <input id="email" placeholder="E-mail" />
            <button class="buy" @click="buy">Add to cart</button>
            <p v-for="plan in plans" :key="plan.id">{{ plan.title }}</p>
            <small>{{ t('hero.note') }}</small>
            <div id="price">12</div>
            <div id="reviews">
              <b>Good</b>
            </div>
          </section>
        </template>
        """,
        "src/plans.ts",
        """
        export const plans = [
          { id: 'one', title: 'Solo' },
          { id: 'two', title: 'Team' },
        ];
        """,
        "src/locales/en.json",
        """
        {
          "hero": { "note": "Free returns" }
        }
        """,
        "src/locales/fr.json",
        """
        {
          "hero": { "note": "Retours gratuits" }
        }
        """);
  }

  /// A page of SvelteKit with data and languages.
  static Sample svelte() {
    return Sample.of(
        "package.json",
        "{ \"devDependencies\": { \"svelte\": \"^5.0.0\", \"@sveltejs/kit\": \"^2.0.0\" } }\n",
        "src/routes/+page.svelte",
        """
        <script>
          import { plans } from '$lib/plans'
          import { t } from '$lib/i18n'
        </script>

        <section class="hero">
          <h1 class="title big">Blue mug</h1>
          <input id="email" placeholder="E-mail" />
          <button class="buy" onclick={buy}>Add to cart</button>
          {#each plans as plan (plan.id)}
            <p>{plan.title}</p>
          {/each}
          <small>{$t('hero.note')}</small>
          <div id="price">12</div>
          <div id="reviews">
            <b>Good</b>
          </div>
        </section>
        """,
        "src/lib/plans.js",
        """
        export const plans = [
          { id: 'one', title: 'Solo' },
          { id: 'two', title: 'Team' },
        ]
        """,
        "src/lib/i18n.js",
        "export const t = 1\n",
        "src/lib/locales/en.json",
        """
        {
          "hero": { "note": "Free returns" }
        }
        """);
  }

  /// A page of Angular with its template in a file of its own.
  static Sample angular() {
    return Sample.of(
        "package.json",
        "{ \"dependencies\": { \"@angular/core\": \"^20.0.0\" } }\n",
        "src/main.ts",
        """
        import { App } from './app/app';

        start(App);
        """,
        "src/app/app.ts",
        """
        import { Component } from '@angular/core';

        import { PLANS } from './plans';

        @Component({ selector: 'app-root', templateUrl: './app.html' })
        export class App {
          plans = PLANS;
        }
        """,
        "src/app/app.html",
        """
        <section class="hero">
          <h1 class="title big">Blue mug</h1>
          <input id="email" placeholder="E-mail" />
          <button class="buy" (click)="buy()">Add to cart</button>
          @for (plan of plans; track plan.id) {
            <p>{{ plan.title }}</p>
          }
          <small>{{ 'hero.note' | translate }}</small>
          <div id="price">12</div>
          <div id="reviews">
            <b>Good</b>
          </div>
        </section>
        """,
        "src/app/plans.ts",
        """
        export const PLANS = [
          { id: 'one', title: 'Solo' },
          { id: 'two', title: 'Team' },
        ];
        """,
        "src/assets/i18n/en.json",
        """
        {
          "hero": { "note": "Free returns" }
        }
        """);
  }

  /// A page of Astro with data and languages.
  static Sample astro() {
    return Sample.of(
        "package.json",
        "{ \"dependencies\": { \"astro\": \"^5.0.0\" } }\n",
        "src/pages/index.astro",
        """
        ---
        import { plans } from '../plans'
        import { t } from '../i18n'
        ---

        <section class="hero">
          <h1 class="title big">Blue mug</h1>
          <input id="email" placeholder="E-mail" />
          <button class="buy">Add to cart</button>
          {plans.map((plan) => <p>{plan.title}</p>)}
          <small>{t('hero.note')}</small>
          <div id="price">12</div>
          <div id="reviews">
            <b>Good</b>
          </div>
        </section>
        """,
        "src/plans.ts",
        """
        export const plans = [
          { id: 'one', title: 'Solo' },
          { id: 'two', title: 'Team' },
        ]
        """,
        "src/i18n.ts",
        "export const t = 1\n",
        "src/locales/en.json",
        """
        {
          "hero": { "note": "Free returns" }
        }
        """);
  }
}
