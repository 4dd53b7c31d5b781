package dev.pryo.agent.edit;

import static dev.pryo.agent.edit.Sample.own;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SvelteTest {
  @Test
  void aTextBecomesAnother() {
    assertThat(own(Apps.svelte().goals("bought").done("change 'Add to cart' to 'Buy now'")))
        .isEqualTo(
            """
            diff --git a/src/routes/+page.svelte b/src/routes/+page.svelte
            --- a/src/routes/+page.svelte
            +++ b/src/routes/+page.svelte
            @@ -1,12 +1,20 @@
             <script>
               import { plans } from '$lib/plans'
               import { t } from '$lib/i18n'
            +  import { trackEvent, useVariant } from '$lib/pryo'
            +
            +  const variant = useVariant('buy-now')
             </script>

             <section class="hero">
               <h1 class="title big">Blue mug</h1>
               <input id="email" placeholder="E-mail" />
            -  <button class="buy" onclick={buy}>Add to cart</button>
            +  <button
            +    class="buy"
            +    onclick={buy}
            +    data-pryo="buy-now"
            +    onclickcapture={() => trackEvent('bought')}
            +  >{$variant === 'test1' ? 'Buy now' : 'Add to cart'}</button>
               {#each plans as plan (plan.id)}
                 <p>{plan.title}</p>
               {/each}
            """);
  }

  @Test
  void aClassIsPutInThePlaceOfAnother() {
    assertThat(
            own(
                Apps.svelte()
                    .goals()
                    .done("change class big to small on the headline; add class wide to .hero")))
        .isEqualTo(
            """
            diff --git a/src/routes/+page.svelte b/src/routes/+page.svelte
            --- a/src/routes/+page.svelte
            +++ b/src/routes/+page.svelte
            @@ -1,10 +1,19 @@
             <script>
               import { plans } from '$lib/plans'
               import { t } from '$lib/i18n'
            +  import { useVariant } from '$lib/pryo'
            +
            +  const variant = useVariant('buy-now')
             </script>

            -<section class="hero">
            -  <h1 class="title big">Blue mug</h1>
            +<section
            +  class={$variant === 'test1' ? 'hero wide' : 'hero'}
            +  data-pryo="buy-now"
            +>
            +  <h1
            +    class={$variant === 'test1' ? 'title small' : 'title big'}
            +    data-pryo="buy-now"
            +  >Blue mug</h1>
               <input id="email" placeholder="E-mail" />
               <button class="buy" onclick={buy}>Add to cart</button>
               {#each plans as plan (plan.id)}
            """);
  }

  @Test
  void anAttributeBecomesAnother() {
    assertThat(own(Apps.svelte().goals().done("set the placeholder of #email to 'Work e-mail'")))
        .isEqualTo(
            """
            diff --git a/src/routes/+page.svelte b/src/routes/+page.svelte
            --- a/src/routes/+page.svelte
            +++ b/src/routes/+page.svelte
            @@ -1,11 +1,18 @@
             <script>
               import { plans } from '$lib/plans'
               import { t } from '$lib/i18n'
            +  import { useVariant } from '$lib/pryo'
            +
            +  const variant = useVariant('buy-now')
             </script>

             <section class="hero">
               <h1 class="title big">Blue mug</h1>
            -  <input id="email" placeholder="E-mail" />
            +  <input
            +    id="email"
            +    placeholder={$variant === 'test1' ? 'Work e-mail' : 'E-mail'}
            +    data-pryo="buy-now"
            +  />
               <button class="buy" onclick={buy}>Add to cart</button>
               {#each plans as plan (plan.id)}
                 <p>{plan.title}</p>
            """);
  }

  @Test
  void anElementMovesAboveAnother() {
    assertThat(own(Apps.svelte().goals().done("put the reviews above the price")))
        .isEqualTo(
            """
            diff --git a/src/routes/+page.svelte b/src/routes/+page.svelte
            --- a/src/routes/+page.svelte
            +++ b/src/routes/+page.svelte
            @@ -1,6 +1,9 @@
             <script>
               import { plans } from '$lib/plans'
               import { t } from '$lib/i18n'
            +  import { useVariant } from '$lib/pryo'
            +
            +  const variant = useVariant('buy-now')
             </script>

             <section class="hero">
            @@ -11,8 +14,15 @@
                 <p>{plan.title}</p>
               {/each}
               <small>{$t('hero.note')}</small>
            -  <div id="price">12</div>
            -  <div id="reviews">
            -    <b>Good</b>
            -  </div>
            +  {#if $variant === 'test1'}
            +    <div id="reviews" data-pryo="buy-now">
            +      <b>Good</b>
            +    </div>
            +  {/if}
            +  <div id="price" data-pryo="buy-now">12</div>
            +  {#if $variant !== 'test1'}
            +    <div id="reviews" data-pryo="buy-now">
            +      <b>Good</b>
            +    </div>
            +  {/if}
             </section>
            """);
  }

  @Test
  void aTextOfDataChangesWhereItIsShown() {
    assertThat(own(Apps.svelte().goals().done("change 'Team' to 'Crew'")))
        .isEqualTo(
            """
            diff --git a/src/routes/+page.svelte b/src/routes/+page.svelte
            --- a/src/routes/+page.svelte
            +++ b/src/routes/+page.svelte
            @@ -1,6 +1,9 @@
             <script>
               import { plans } from '$lib/plans'
               import { t } from '$lib/i18n'
            +  import { useVariant } from '$lib/pryo'
            +
            +  const variant = useVariant('buy-now')
             </script>

             <section class="hero">
            @@ -8,7 +11,9 @@
               <input id="email" placeholder="E-mail" />
               <button class="buy" onclick={buy}>Add to cart</button>
               {#each plans as plan (plan.id)}
            -    <p>{plan.title}</p>
            +    <p
            +      data-pryo="buy-now"
            +    >{$variant === 'test1' && plan.title === 'Team' ? 'Crew' : plan.title}</p>
               {/each}
               <small>{$t('hero.note')}</small>
               <div id="price">12</div>
            """);
  }

  @Test
  void aPhraseGetsASecondNameInEveryLanguage() {
    assertThat(own(Apps.svelte().goals().done("change 'Free returns' to 'Keep it or not'")))
        .isEqualTo(
            """
            diff --git a/src/lib/locales/en.json b/src/lib/locales/en.json
            --- a/src/lib/locales/en.json
            +++ b/src/lib/locales/en.json
            @@ -1,3 +1,3 @@
             {
            -  "hero": { "note": "Free returns" }
            +  "hero": { "note": "Free returns", "noteTest1": "Keep it or not" }
             }
            diff --git a/src/routes/+page.svelte b/src/routes/+page.svelte
            --- a/src/routes/+page.svelte
            +++ b/src/routes/+page.svelte
            @@ -1,6 +1,9 @@
             <script>
               import { plans } from '$lib/plans'
               import { t } from '$lib/i18n'
            +  import { useVariant } from '$lib/pryo'
            +
            +  const variant = useVariant('buy-now')
             </script>

             <section class="hero">
            @@ -10,7 +13,9 @@
               {#each plans as plan (plan.id)}
                 <p>{plan.title}</p>
               {/each}
            -  <small>{$t('hero.note')}</small>
            +  <small
            +    data-pryo="buy-now"
            +  >{$t($variant === 'test1' ? 'hero.noteTest1' : 'hero.note')}</small>
               <div id="price">12</div>
               <div id="reviews">
                 <b>Good</b>
            """);
  }
}
