import { Component } from '@angular/core';

@Component({
  selector: 'app-voices',
  template: `
    <section class="voices">
      <h2>What owners say</h2>
      <blockquote>Two tiles. I would have paid for a scaffold.</blockquote>
      <blockquote>The cat is still offended. The roof is dry.</blockquote>
    </section>
  `,
})
export class Voices {}
