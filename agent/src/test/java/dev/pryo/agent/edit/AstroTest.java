package dev.pryo.agent.edit;

import static dev.pryo.agent.edit.Sample.own;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AstroTest {
  @Test
  void aTextBecomesAnother() {
    assertThat(own(Apps.astro().goals("bought").done("change 'Add to cart' to 'Buy now'")))
        .isEqualTo(
            """
            diff --git a/src/pages/index.astro b/src/pages/index.astro
            --- a/src/pages/index.astro
            +++ b/src/pages/index.astro
            @@ -6,7 +6,7 @@
             <section class="hero">
               <h1 class="title big">Blue mug</h1>
               <input id="email" placeholder="E-mail" />
            -  <button class="buy">Add to cart</button>
            +  <button class="buy" data-pryo="buy-now">Add to cart</button>
               {plans.map((plan) => <p>{plan.title}</p>)}
               <small>{t('hero.note')}</small>
               <div id="price">12</div>
            @@ -14,3 +14,15 @@
                 <b>Good</b>
               </div>
             </section>
            +
            +<script>
            +  import { say, show, track } from '../lib/pryo'
            +
            +  show('buy-now', 'buy-now', {
            +    test1: (element) => {
            +      say(element, 'Add to cart', 'Buy now')
            +    },
            +  })
            +
            +  track('buy-now', 'click', 'bought')
            +</script>
            """);
  }

  @Test
  void aClassIsPutInThePlaceOfAnother() {
    assertThat(
            own(
                Apps.astro()
                    .goals()
                    .done("change class big to small on the headline; add class wide to .hero")))
        .isEqualTo(
            """
            diff --git a/src/pages/index.astro b/src/pages/index.astro
            --- a/src/pages/index.astro
            +++ b/src/pages/index.astro
            @@ -3,8 +3,8 @@
             import { t } from '../i18n'
             ---

            -<section class="hero">
            -  <h1 class="title big">Blue mug</h1>
            +<section class="hero" data-pryo="buy-now:1">
            +  <h1 class="title big" data-pryo="buy-now:2">Blue mug</h1>
               <input id="email" placeholder="E-mail" />
               <button class="buy">Add to cart</button>
               {plans.map((plan) => <p>{plan.title}</p>)}
            @@ -14,3 +14,20 @@
                 <b>Good</b>
               </div>
             </section>
            +
            +<script>
            +  import { show } from '../lib/pryo'
            +
            +  show('buy-now', 'buy-now:1', {
            +    test1: (element) => {
            +      element.classList.add('wide')
            +    },
            +  })
            +
            +  show('buy-now', 'buy-now:2', {
            +    test1: (element) => {
            +      element.classList.remove('big')
            +      element.classList.add('small')
            +    },
            +  })
            +</script>
            """);
  }

  @Test
  void anAttributeBecomesAnother() {
    assertThat(own(Apps.astro().goals().done("set the placeholder of #email to 'Work e-mail'")))
        .isEqualTo(
            """
            diff --git a/src/pages/index.astro b/src/pages/index.astro
            --- a/src/pages/index.astro
            +++ b/src/pages/index.astro
            @@ -5,7 +5,7 @@

             <section class="hero">
               <h1 class="title big">Blue mug</h1>
            -  <input id="email" placeholder="E-mail" />
            +  <input id="email" placeholder="E-mail" data-pryo="buy-now" />
               <button class="buy">Add to cart</button>
               {plans.map((plan) => <p>{plan.title}</p>)}
               <small>{t('hero.note')}</small>
            @@ -14,3 +14,13 @@
                 <b>Good</b>
               </div>
             </section>
            +
            +<script>
            +  import { show } from '../lib/pryo'
            +
            +  show('buy-now', 'buy-now', {
            +    test1: (element) => {
            +      element.setAttribute('placeholder', 'Work e-mail')
            +    },
            +  })
            +</script>
            """);
  }

  @Test
  void anElementMovesAboveAnother() {
    assertThat(own(Apps.astro().goals().done("put the reviews above the price")))
        .isEqualTo(
            """
            diff --git a/src/pages/index.astro b/src/pages/index.astro
            --- a/src/pages/index.astro
            +++ b/src/pages/index.astro
            @@ -9,8 +9,18 @@
               <button class="buy">Add to cart</button>
               {plans.map((plan) => <p>{plan.title}</p>)}
               <small>{t('hero.note')}</small>
            -  <div id="price">12</div>
            -  <div id="reviews">
            +  <div id="price" data-pryo="buy-now:1">12</div>
            +  <div id="reviews" data-pryo="buy-now:2">
                 <b>Good</b>
               </div>
             </section>
            +
            +<script>
            +  import { show } from '../lib/pryo'
            +
            +  show('buy-now', 'buy-now:2', {
            +    test1: (element) => {
            +      document.querySelector('[data-pryo="buy-now:1"]')?.before(element)
            +    },
            +  })
            +</script>
            """);
  }

  @Test
  void aTextOfDataChangesWhereItIsShown() {
    assertThat(own(Apps.astro().goals().done("change 'Team' to 'Crew'")))
        .isEqualTo(
            """
            diff --git a/src/pages/index.astro b/src/pages/index.astro
            --- a/src/pages/index.astro
            +++ b/src/pages/index.astro
            @@ -7,10 +7,20 @@
               <h1 class="title big">Blue mug</h1>
               <input id="email" placeholder="E-mail" />
               <button class="buy">Add to cart</button>
            -  {plans.map((plan) => <p>{plan.title}</p>)}
            +  {plans.map((plan) => <p data-pryo={plan.title === 'Team' ? 'buy-now' : undefined}>{plan.title}</p>)}
               <small>{t('hero.note')}</small>
               <div id="price">12</div>
               <div id="reviews">
                 <b>Good</b>
               </div>
             </section>
            +
            +<script>
            +  import { say, show } from '../lib/pryo'
            +
            +  show('buy-now', 'buy-now', {
            +    test1: (element) => {
            +      say(element, 'Team', 'Crew')
            +    },
            +  })
            +</script>
            """);
  }

  @Test
  void aPhraseGetsASecondNameInEveryLanguage() {
    assertThat(own(Apps.astro().goals().done("change 'Free returns' to 'Keep it or not'")))
        .isEqualTo(
            """
            diff --git a/src/locales/en.json b/src/locales/en.json
            --- a/src/locales/en.json
            +++ b/src/locales/en.json
            @@ -1,3 +1,3 @@
             {
            -  "hero": { "note": "Free returns" }
            +  "hero": { "note": "Free returns", "noteTest1": "Keep it or not" }
             }
            diff --git a/src/pages/index.astro b/src/pages/index.astro
            --- a/src/pages/index.astro
            +++ b/src/pages/index.astro
            @@ -8,9 +8,19 @@
               <input id="email" placeholder="E-mail" />
               <button class="buy">Add to cart</button>
               {plans.map((plan) => <p>{plan.title}</p>)}
            -  <small>{t('hero.note')}</small>
            +  <small data-pryo="buy-now" data-pryo-test1={t('hero.noteTest1')}>{t('hero.note')}</small>
               <div id="price">12</div>
               <div id="reviews">
                 <b>Good</b>
               </div>
             </section>
            +
            +<script>
            +  import { show } from '../lib/pryo'
            +
            +  show('buy-now', 'buy-now', {
            +    test1: (element) => {
            +      element.textContent = element.dataset.pryoTest1 ?? element.textContent
            +    },
            +  })
            +</script>
            """);
  }
}
