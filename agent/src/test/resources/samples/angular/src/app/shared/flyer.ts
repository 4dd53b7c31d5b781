import { Component } from '@angular/core';

/** The printed flyer as a page. No route leads here. */
@Component({
  selector: 'app-flyer',
  template: `
    <h1>See your roof before the rain does</h1>
    <a class="button" href="/contact">Book a flight</a>
  `,
})
export class Flyer {}
