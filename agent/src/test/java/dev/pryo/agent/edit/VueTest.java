package dev.pryo.agent.edit;

import static dev.pryo.agent.edit.Sample.own;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VueTest {
  @Test
  void aTextBecomesAnother() {
    assertThat(own(Apps.vue().goals("bought").done("change 'Add to cart' to 'Buy now'")))
        .isEqualTo(
            """
            diff --git a/src/App.vue b/src/App.vue
            --- a/src/App.vue
            +++ b/src/App.vue
            @@ -1,14 +1,21 @@
             <script setup lang="ts">
            +import { trackEvent, useVariant } from './lib/pryo';
             import { plans } from './plans';

             const { t } = useI18n();
            +const variant = useVariant('buy-now');
             </script>

             <template>
               <section class="hero">
                 <h1 class="title big">Blue mug</h1>
                 <input id="email" placeholder="E-mail" />
            -    <button class="buy" @click="buy">Add to cart</button>
            +    <button
            +      class="buy"
            +      @click="buy"
            +      data-pryo="buy-now"
            +      @click.capture="trackEvent('bought')"
            +    >{{ variant === 'test1' ? 'Buy now' : 'Add to cart' }}</button>
                 <p v-for="plan in plans" :key="plan.id">{{ plan.title }}</p>
                 <small>{{ t('hero.note') }}</small>
                 <div id="price">12</div>
            """);
  }

  @Test
  void aClassIsPutInThePlaceOfAnother() {
    assertThat(
            own(
                Apps.vue()
                    .goals()
                    .done("change class big to small on the headline; add class wide to .hero")))
        .isEqualTo(
            """
            diff --git a/src/App.vue b/src/App.vue
            --- a/src/App.vue
            +++ b/src/App.vue
            @@ -1,12 +1,21 @@
             <script setup lang="ts">
            +import { useVariant } from './lib/pryo';
             import { plans } from './plans';

             const { t } = useI18n();
            +const variant = useVariant('buy-now');
             </script>

             <template>
            -  <section class="hero">
            -    <h1 class="title big">Blue mug</h1>
            +  <section
            +    class="hero"
            +    :class="{ wide: variant === 'test1' }"
            +    data-pryo="buy-now"
            +  >
            +    <h1
            +      :class="variant === 'test1' ? 'title small' : 'title big'"
            +      data-pryo="buy-now"
            +    >Blue mug</h1>
                 <input id="email" placeholder="E-mail" />
                 <button class="buy" @click="buy">Add to cart</button>
                 <p v-for="plan in plans" :key="plan.id">{{ plan.title }}</p>
            """);
  }

  @Test
  void anAttributeBecomesAnother() {
    assertThat(own(Apps.vue().goals().done("set the placeholder of #email to 'Work e-mail'")))
        .isEqualTo(
            """
            diff --git a/src/App.vue b/src/App.vue
            --- a/src/App.vue
            +++ b/src/App.vue
            @@ -1,13 +1,19 @@
             <script setup lang="ts">
            +import { useVariant } from './lib/pryo';
             import { plans } from './plans';

             const { t } = useI18n();
            +const variant = useVariant('buy-now');
             </script>

             <template>
               <section class="hero">
                 <h1 class="title big">Blue mug</h1>
            -    <input id="email" placeholder="E-mail" />
            +    <input
            +      id="email"
            +      :placeholder="variant === 'test1' ? 'Work e-mail' : 'E-mail'"
            +      data-pryo="buy-now"
            +    />
                 <button class="buy" @click="buy">Add to cart</button>
                 <p v-for="plan in plans" :key="plan.id">{{ plan.title }}</p>
                 <small>{{ t('hero.note') }}</small>
            """);
  }

  @Test
  void anElementMovesAboveAnother() {
    assertThat(own(Apps.vue().goals().done("put the reviews above the price")))
        .isEqualTo(
            """
            diff --git a/src/App.vue b/src/App.vue
            --- a/src/App.vue
            +++ b/src/App.vue
            @@ -1,7 +1,9 @@
             <script setup lang="ts">
            +import { useVariant } from './lib/pryo';
             import { plans } from './plans';

             const { t } = useI18n();
            +const variant = useVariant('buy-now');
             </script>

             <template>
            @@ -11,9 +13,12 @@
                 <button class="buy" @click="buy">Add to cart</button>
                 <p v-for="plan in plans" :key="plan.id">{{ plan.title }}</p>
                 <small>{{ t('hero.note') }}</small>
            -    <div id="price">12</div>
            -    <div id="reviews">
            +    <div v-if="variant === 'test1'" id="reviews" data-pryo="buy-now">
                   <b>Good</b>
                 </div>
            +    <div id="price" data-pryo="buy-now">12</div>
            +    <div v-if="variant !== 'test1'" id="reviews" data-pryo="buy-now">
            +      <b>Good</b>
            +    </div>
               </section>
             </template>
            """);
  }

  @Test
  void aTextOfDataChangesWhereItIsShown() {
    assertThat(own(Apps.vue().goals().done("change 'Team' to 'Crew'")))
        .isEqualTo(
            """
            diff --git a/src/App.vue b/src/App.vue
            --- a/src/App.vue
            +++ b/src/App.vue
            @@ -1,7 +1,9 @@
             <script setup lang="ts">
            +import { useVariant } from './lib/pryo';
             import { plans } from './plans';

             const { t } = useI18n();
            +const variant = useVariant('buy-now');
             </script>

             <template>
            @@ -9,7 +11,9 @@
                 <h1 class="title big">Blue mug</h1>
                 <input id="email" placeholder="E-mail" />
                 <button class="buy" @click="buy">Add to cart</button>
            -    <p v-for="plan in plans" :key="plan.id">{{ plan.title }}</p>
            +    <p v-for="plan in plans" :key="plan.id" data-pryo="buy-now">{{
            +      variant === 'test1' && plan.title === 'Team' ? 'Crew' : plan.title
            +    }}</p>
                 <small>{{ t('hero.note') }}</small>
                 <div id="price">12</div>
                 <div id="reviews">
            """);
  }

  @Test
  void aPhraseGetsASecondNameInEveryLanguage() {
    assertThat(own(Apps.vue().goals().done("change 'Free returns' to 'Keep it or not'")))
        .isEqualTo(
            """
            diff --git a/src/App.vue b/src/App.vue
            --- a/src/App.vue
            +++ b/src/App.vue
            @@ -1,7 +1,9 @@
             <script setup lang="ts">
            +import { useVariant } from './lib/pryo';
             import { plans } from './plans';

             const { t } = useI18n();
            +const variant = useVariant('buy-now');
             </script>

             <template>
            @@ -10,7 +12,9 @@
                 <input id="email" placeholder="E-mail" />
                 <button class="buy" @click="buy">Add to cart</button>
                 <p v-for="plan in plans" :key="plan.id">{{ plan.title }}</p>
            -    <small>{{ t('hero.note') }}</small>
            +    <small data-pryo="buy-now">{{
            +      t(variant === 'test1' ? 'hero.noteTest1' : 'hero.note')
            +    }}</small>
                 <div id="price">12</div>
                 <div id="reviews">
                   <b>Good</b>
            diff --git a/src/locales/en.json b/src/locales/en.json
            --- a/src/locales/en.json
            +++ b/src/locales/en.json
            @@ -1,3 +1,3 @@
             {
            -  "hero": { "note": "Free returns" }
            +  "hero": { "note": "Free returns", "noteTest1": "Keep it or not" }
             }
            diff --git a/src/locales/fr.json b/src/locales/fr.json
            --- a/src/locales/fr.json
            +++ b/src/locales/fr.json
            @@ -1,3 +1,3 @@
             {
            -  "hero": { "note": "Retours gratuits" }
            +  "hero": { "note": "Retours gratuits", "noteTest1": "Keep it or not" }
             }
            """);
  }
}
