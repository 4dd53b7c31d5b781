package dev.pryo.agent.edit;

import static dev.pryo.agent.edit.Sample.own;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReactTest {
  @Test
  void aTextBecomesAnother() {
    assertThat(own(Apps.react().goals("bought").done("change 'Add to cart' to 'Buy now'")))
        .isEqualTo(
            """
            diff --git a/src/Hero.jsx b/src/Hero.jsx
            --- a/src/Hero.jsx
            +++ b/src/Hero.jsx
            @@ -1,12 +1,21 @@
             import { plans } from './data/plans'
             import Button from './Button'
            +import { trackEvent, useVariant } from './lib/pryo'

             export default function Hero() {
            +  const variant = useVariant('buy-now')
            +
               return (
                 <section className="hero">
                   <h1 className="title big">Blue mug</h1>
                   <input id="email" placeholder="E-mail" />
            -      <Button className={'buy'}>Add to cart</Button>
            +      <Button
            +        className={'buy'}
            +        data-pryo="buy-now"
            +        onClick={() => trackEvent('bought')}
            +      >
            +        {variant === 'test1' ? 'Buy now' : 'Add to cart'}
            +      </Button>
                   {plans.map((plan) => (
                     <p key={plan.id} className="plan">
                       {plan.title}
            """);
  }

  @Test
  void aClassIsPutInThePlaceOfAnother() {
    assertThat(
            own(
                Apps.react()
                    .goals()
                    .done("change class big to small on the headline; add class wide to .hero")))
        .isEqualTo(
            """
            diff --git a/src/Hero.jsx b/src/Hero.jsx
            --- a/src/Hero.jsx
            +++ b/src/Hero.jsx
            @@ -1,10 +1,21 @@
             import { plans } from './data/plans'
             import Button from './Button'
            +import { useVariant } from './lib/pryo'

             export default function Hero() {
            +  const variant = useVariant('buy-now')
            +
               return (
            -    <section className="hero">
            -      <h1 className="title big">Blue mug</h1>
            +    <section
            +      className={variant === 'test1' ? 'hero wide' : 'hero'}
            +      data-pryo="buy-now"
            +    >
            +      <h1
            +        className={variant === 'test1' ? 'title small' : 'title big'}
            +        data-pryo="buy-now"
            +      >
            +        Blue mug
            +      </h1>
                   <input id="email" placeholder="E-mail" />
                   <Button className={'buy'}>Add to cart</Button>
                   {plans.map((plan) => (
            """);
  }

  @Test
  void anAttributeBecomesAnother() {
    assertThat(own(Apps.react().goals().done("set the placeholder of #email to 'Work e-mail'")))
        .isEqualTo(
            """
            diff --git a/src/Hero.jsx b/src/Hero.jsx
            --- a/src/Hero.jsx
            +++ b/src/Hero.jsx
            @@ -1,11 +1,18 @@
             import { plans } from './data/plans'
             import Button from './Button'
            +import { useVariant } from './lib/pryo'

             export default function Hero() {
            +  const variant = useVariant('buy-now')
            +
               return (
                 <section className="hero">
                   <h1 className="title big">Blue mug</h1>
            -      <input id="email" placeholder="E-mail" />
            +      <input
            +        id="email"
            +        placeholder={variant === 'test1' ? 'Work e-mail' : 'E-mail'}
            +        data-pryo="buy-now"
            +      />
                   <Button className={'buy'}>Add to cart</Button>
                   {plans.map((plan) => (
                     <p key={plan.id} className="plan">
            """);
  }

  @Test
  void anElementMovesAboveAnother() {
    assertThat(own(Apps.react().goals().done("put the reviews above the price")))
        .isEqualTo(
            """
            diff --git a/src/Hero.jsx b/src/Hero.jsx
            --- a/src/Hero.jsx
            +++ b/src/Hero.jsx
            @@ -1,7 +1,10 @@
             import { plans } from './data/plans'
             import Button from './Button'
            +import { useVariant } from './lib/pryo'

             export default function Hero() {
            +  const variant = useVariant('buy-now')
            +
               return (
                 <section className="hero">
                   <h1 className="title big">Blue mug</h1>
            @@ -12,10 +15,17 @@
                       {plan.title}
                     </p>
                   ))}
            -      <div id="price">12</div>
            -      <div id="reviews">
            -        <b>Good</b>
            -      </div>
            +      {variant === 'test1' && (
            +        <div id="reviews" data-pryo="buy-now">
            +          <b>Good</b>
            +        </div>
            +      )}
            +      <div id="price" data-pryo="buy-now">12</div>
            +      {variant !== 'test1' && (
            +        <div id="reviews" data-pryo="buy-now">
            +          <b>Good</b>
            +        </div>
            +      )}
                 </section>
               )
             }
            """);
  }

  @Test
  void aTextOfDataChangesWhereItIsShown() {
    assertThat(own(Apps.react().goals().done("change 'Team' to 'Crew'")))
        .isEqualTo(
            """
            diff --git a/src/Hero.jsx b/src/Hero.jsx
            --- a/src/Hero.jsx
            +++ b/src/Hero.jsx
            @@ -1,15 +1,18 @@
             import { plans } from './data/plans'
             import Button from './Button'
            +import { useVariant } from './lib/pryo'

             export default function Hero() {
            +  const variant = useVariant('buy-now')
            +
               return (
                 <section className="hero">
                   <h1 className="title big">Blue mug</h1>
                   <input id="email" placeholder="E-mail" />
                   <Button className={'buy'}>Add to cart</Button>
                   {plans.map((plan) => (
            -        <p key={plan.id} className="plan">
            -          {plan.title}
            +        <p key={plan.id} className="plan" data-pryo="buy-now">
            +          {variant === 'test1' && plan.title === 'Team' ? 'Crew' : plan.title}
                     </p>
                   ))}
                   <div id="price">12</div>
            """);
  }

  @Test
  void aPhraseGetsASecondNameInEveryLanguage() {
    assertThat(own(Apps.i18n().goals("bought").done("change 'Add to cart' to 'Buy now'")))
        .isEqualTo(
            """
            diff --git a/src/Hero.jsx b/src/Hero.jsx
            --- a/src/Hero.jsx
            +++ b/src/Hero.jsx
            @@ -1,7 +1,9 @@
             import { useTranslation } from 'react-i18next'
            +import { trackEvent, useVariant } from './lib/pryo'

             export default function Hero() {
            +  const variant = useVariant('buy-now')
               const { t } = useTranslation()

            -  return <button>{t('hero.buy')}</button>
            +  return <button data-pryo="buy-now" onClick={() => trackEvent('bought')}>{t(variant === 'test1' ? 'hero.buyTest1' : 'hero.buy')}</button>
             }
            diff --git a/src/locales/de.json b/src/locales/de.json
            --- a/src/locales/de.json
            +++ b/src/locales/de.json
            @@ -1,6 +1,7 @@
             {
               "hero": {
                 "buy": "In den Warenkorb",
            +    "buyTest1": "Buy now",
                 "other": "y"
               }
             }
            diff --git a/src/locales/en.json b/src/locales/en.json
            --- a/src/locales/en.json
            +++ b/src/locales/en.json
            @@ -1,6 +1,7 @@
             {
               "hero": {
                 "buy": "Add to cart",
            +    "buyTest1": "Buy now",
                 "other": "x"
               }
             }
            """);
  }
}
