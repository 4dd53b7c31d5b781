package dev.pryo.agent.edit;

import static dev.pryo.agent.edit.Sample.own;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AngularTest {
  @Test
  void aTextBecomesAnother() {
    assertThat(own(Apps.angular().goals("bought").done("change 'Add to cart' to 'Buy now'")))
        .isEqualTo(
            """
            diff --git a/src/app/app.html b/src/app/app.html
            --- a/src/app/app.html
            +++ b/src/app/app.html
            @@ -1,7 +1,9 @@
             <section class="hero">
               <h1 class="title big">Blue mug</h1>
               <input id="email" placeholder="E-mail" />
            -  <button class="buy" (click)="buy()">Add to cart</button>
            +  <button class="buy" (click)="trackEvent('bought'); buy()" data-pryo="buy-now">{{
            +    variant() === 'test1' ? 'Buy now' : 'Add to cart'
            +  }}</button>
               @for (plan of plans; track plan.id) {
                 <p>{{ plan.title }}</p>
               }
            diff --git a/src/app/app.ts b/src/app/app.ts
            --- a/src/app/app.ts
            +++ b/src/app/app.ts
            @@ -1,8 +1,12 @@
             import { Component } from '@angular/core';

            +import { trackEvent, useVariant } from '../lib/pryo';
             import { PLANS } from './plans';

             @Component({ selector: 'app-root', templateUrl: './app.html' })
             export class App {
            +  readonly variant = useVariant('buy-now');
            +  readonly trackEvent = trackEvent;
            +
               plans = PLANS;
             }
            """);
  }

  @Test
  void aClassIsPutInThePlaceOfAnother() {
    assertThat(
            own(
                Apps.angular()
                    .goals()
                    .done("change class big to small on the headline; add class wide to .hero")))
        .isEqualTo(
            """
            diff --git a/src/app/app.html b/src/app/app.html
            --- a/src/app/app.html
            +++ b/src/app/app.html
            @@ -1,5 +1,11 @@
            -<section class="hero">
            -  <h1 class="title big">Blue mug</h1>
            +<section
            +  [class]="variant() === 'test1' ? 'hero wide' : 'hero'"
            +  data-pryo="buy-now"
            +>
            +  <h1
            +    [class]="variant() === 'test1' ? 'title small' : 'title big'"
            +    data-pryo="buy-now"
            +  >Blue mug</h1>
               <input id="email" placeholder="E-mail" />
               <button class="buy" (click)="buy()">Add to cart</button>
               @for (plan of plans; track plan.id) {
            diff --git a/src/app/app.ts b/src/app/app.ts
            --- a/src/app/app.ts
            +++ b/src/app/app.ts
            @@ -1,8 +1,11 @@
             import { Component } from '@angular/core';

            +import { useVariant } from '../lib/pryo';
             import { PLANS } from './plans';

             @Component({ selector: 'app-root', templateUrl: './app.html' })
             export class App {
            +  readonly variant = useVariant('buy-now');
            +
               plans = PLANS;
             }
            """);
  }

  @Test
  void anAttributeBecomesAnother() {
    assertThat(own(Apps.angular().goals().done("set the placeholder of #email to 'Work e-mail'")))
        .isEqualTo(
            """
            diff --git a/src/app/app.html b/src/app/app.html
            --- a/src/app/app.html
            +++ b/src/app/app.html
            @@ -1,6 +1,10 @@
             <section class="hero">
               <h1 class="title big">Blue mug</h1>
            -  <input id="email" placeholder="E-mail" />
            +  <input
            +    id="email"
            +    [attr.placeholder]="variant() === 'test1' ? 'Work e-mail' : 'E-mail'"
            +    data-pryo="buy-now"
            +  />
               <button class="buy" (click)="buy()">Add to cart</button>
               @for (plan of plans; track plan.id) {
                 <p>{{ plan.title }}</p>
            diff --git a/src/app/app.ts b/src/app/app.ts
            --- a/src/app/app.ts
            +++ b/src/app/app.ts
            @@ -1,8 +1,11 @@
             import { Component } from '@angular/core';

            +import { useVariant } from '../lib/pryo';
             import { PLANS } from './plans';

             @Component({ selector: 'app-root', templateUrl: './app.html' })
             export class App {
            +  readonly variant = useVariant('buy-now');
            +
               plans = PLANS;
             }
            """);
  }

  @Test
  void anElementMovesAboveAnother() {
    assertThat(own(Apps.angular().goals().done("put the reviews above the price")))
        .isEqualTo(
            """
            diff --git a/src/app/app.html b/src/app/app.html
            --- a/src/app/app.html
            +++ b/src/app/app.html
            @@ -6,8 +6,15 @@
                 <p>{{ plan.title }}</p>
               }
               <small>{{ 'hero.note' | translate }}</small>
            -  <div id="price">12</div>
            -  <div id="reviews">
            -    <b>Good</b>
            -  </div>
            +  @if (variant() === 'test1') {
            +    <div id="reviews" data-pryo="buy-now">
            +      <b>Good</b>
            +    </div>
            +  }
            +  <div id="price" data-pryo="buy-now">12</div>
            +  @if (variant() !== 'test1') {
            +    <div id="reviews" data-pryo="buy-now">
            +      <b>Good</b>
            +    </div>
            +  }
             </section>
            diff --git a/src/app/app.ts b/src/app/app.ts
            --- a/src/app/app.ts
            +++ b/src/app/app.ts
            @@ -1,8 +1,11 @@
             import { Component } from '@angular/core';

            +import { useVariant } from '../lib/pryo';
             import { PLANS } from './plans';

             @Component({ selector: 'app-root', templateUrl: './app.html' })
             export class App {
            +  readonly variant = useVariant('buy-now');
            +
               plans = PLANS;
             }
            """);
  }

  @Test
  void aMemberOfTheTeamsKeepsItsName() {
    var app = Apps.angular().goals("bought");
    var code = app.files().getOrDefault("src/app/app.ts", "");
    for (var member : List.of("trackEvent(name: string) {}", "trackEvent = () => {};")) {
      var theirs = code.replace("plans = PLANS;", "plans = PLANS;\n\n  " + member);
      assertThat(own(app.with("src/app/app.ts", theirs).done("change 'Add to cart' to 'Buy now'")))
          .contains("+  readonly trackEventBuyNow = trackEvent;", "trackEventBuyNow('bought')");
    }
  }

  /// A long line of words is no member, and no reason to give up.
  @Test
  void aLongTextInAClassIsReadThrough() {
    var app = Apps.angular().goals("bought");
    var code = app.files().getOrDefault("src/app/app.ts", "");
    var text = "about = `\n" + "mug ".repeat(20_000) + "`;";
    assertThat(
            own(
                app.with(
                        "src/app/app.ts",
                        code.replace("plans = PLANS;", "plans = PLANS;\n  " + text))
                    .done("change 'Add to cart' to 'Buy now'")))
        .contains("readonly trackEvent = trackEvent;");
  }

  @Test
  void aTextOfDataChangesWhereItIsShown() {
    assertThat(own(Apps.angular().goals().done("change 'Team' to 'Crew'")))
        .isEqualTo(
            """
            diff --git a/src/app/app.html b/src/app/app.html
            --- a/src/app/app.html
            +++ b/src/app/app.html
            @@ -3,7 +3,9 @@
               <input id="email" placeholder="E-mail" />
               <button class="buy" (click)="buy()">Add to cart</button>
               @for (plan of plans; track plan.id) {
            -    <p>{{ plan.title }}</p>
            +    <p data-pryo="buy-now">{{
            +      variant() === 'test1' && plan.title === 'Team' ? 'Crew' : plan.title
            +    }}</p>
               }
               <small>{{ 'hero.note' | translate }}</small>
               <div id="price">12</div>
            diff --git a/src/app/app.ts b/src/app/app.ts
            --- a/src/app/app.ts
            +++ b/src/app/app.ts
            @@ -1,8 +1,11 @@
             import { Component } from '@angular/core';

            +import { useVariant } from '../lib/pryo';
             import { PLANS } from './plans';

             @Component({ selector: 'app-root', templateUrl: './app.html' })
             export class App {
            +  readonly variant = useVariant('buy-now');
            +
               plans = PLANS;
             }
            """);
  }

  @Test
  void aPhraseGetsASecondNameInEveryLanguage() {
    assertThat(own(Apps.angular().goals().done("change 'Free returns' to 'Keep it or not'")))
        .isEqualTo(
            """
            diff --git a/src/app/app.html b/src/app/app.html
            --- a/src/app/app.html
            +++ b/src/app/app.html
            @@ -5,7 +5,9 @@
               @for (plan of plans; track plan.id) {
                 <p>{{ plan.title }}</p>
               }
            -  <small>{{ 'hero.note' | translate }}</small>
            +  <small data-pryo="buy-now">{{
            +    (variant() === 'test1' ? 'hero.noteTest1' : 'hero.note') | translate
            +  }}</small>
               <div id="price">12</div>
               <div id="reviews">
                 <b>Good</b>
            diff --git a/src/app/app.ts b/src/app/app.ts
            --- a/src/app/app.ts
            +++ b/src/app/app.ts
            @@ -1,8 +1,11 @@
             import { Component } from '@angular/core';

            +import { useVariant } from '../lib/pryo';
             import { PLANS } from './plans';

             @Component({ selector: 'app-root', templateUrl: './app.html' })
             export class App {
            +  readonly variant = useVariant('buy-now');
            +
               plans = PLANS;
             }
            diff --git a/src/assets/i18n/en.json b/src/assets/i18n/en.json
            --- a/src/assets/i18n/en.json
            +++ b/src/assets/i18n/en.json
            @@ -1,3 +1,3 @@
             {
            -  "hero": { "note": "Free returns" }
            +  "hero": { "note": "Free returns", "noteTest1": "Keep it or not" }
             }
            """);
  }
}
