package dev.pryo.agent.edit;

import static dev.pryo.agent.edit.Sample.own;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NextTest {
  @Test
  void aTextBecomesAnother() {
    assertThat(own(Apps.next().goals("bought").done("change 'Add to cart' to 'Buy now'")))
        .isEqualTo(
            """
            diff --git a/app/page.tsx b/app/page.tsx
            --- a/app/page.tsx
            +++ b/app/page.tsx
            @@ -1,12 +1,14 @@
             import Link from 'next/link'

             import { Footer } from '@/components/footer'
            +import { Track, Variant } from '@/lib/pryo'

             export default async function Page() {
               return (
                 <main>
            -      <Link className="buy" href="/cart">
            -        Add to cart
            +      <Link className="buy" href="/cart" data-pryo="buy-now">
            +        <Variant experiment="buy-now" control="Add to cart" test1="Buy now" />
            +        <Track event="bought" on="click" />
                   </Link>
                   <p id="price">12</p>
                   <p id="reviews">Good</p>
            """);
  }

  @Test
  void aClassIsAdded() {
    assertThat(own(Apps.next().goals().done("add class wide to 'Add to cart'")))
        .isEqualTo(
            """
            diff --git a/app/page.tsx b/app/page.tsx
            --- a/app/page.tsx
            +++ b/app/page.tsx
            @@ -1,13 +1,24 @@
             import Link from 'next/link'

             import { Footer } from '@/components/footer'
            +import { Variant } from '@/lib/pryo'

             export default async function Page() {
               return (
                 <main>
            -      <Link className="buy" href="/cart">
            -        Add to cart
            -      </Link>
            +      <Variant
            +        experiment="buy-now"
            +        control={
            +          <Link className="buy" href="/cart" data-pryo="buy-now">
            +            Add to cart
            +          </Link>
            +        }
            +        test1={
            +          <Link className="buy wide" href="/cart" data-pryo="buy-now">
            +            Add to cart
            +          </Link>
            +        }
            +      />
                   <p id="price">12</p>
                   <p id="reviews">Good</p>
                   <Footer />
            """);
  }

  @Test
  void anElementMovesAboveAnother() {
    assertThat(own(Apps.next().goals().done("put the reviews above the price")))
        .isEqualTo(
            """
            diff --git a/app/page.tsx b/app/page.tsx
            --- a/app/page.tsx
            +++ b/app/page.tsx
            @@ -1,6 +1,7 @@
             import Link from 'next/link'

             import { Footer } from '@/components/footer'
            +import { Variant } from '@/lib/pryo'

             export default async function Page() {
               return (
            @@ -8,8 +9,16 @@
                   <Link className="buy" href="/cart">
                     Add to cart
                   </Link>
            -      <p id="price">12</p>
            -      <p id="reviews">Good</p>
            +      <Variant
            +        experiment="buy-now"
            +        test1={<p id="reviews" data-pryo="buy-now">Good</p>}
            +      />
            +      <p id="price" data-pryo="buy-now">12</p>
            +      <Variant
            +        experiment="buy-now"
            +        control={<p id="reviews" data-pryo="buy-now">Good</p>}
            +        test1={null}
            +      />
                   <Footer />
                 </main>
               )
            """);
  }
}
