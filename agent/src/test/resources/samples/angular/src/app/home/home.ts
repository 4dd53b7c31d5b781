import { Component, signal } from '@angular/core';
import { RouterLink } from '@angular/router';

import { Voices } from '../shared/voices';

@Component({
  selector: 'app-home',
  imports: [RouterLink, Voices],
  templateUrl: './home.html',
})
export class Home {
  protected readonly steps = signal([
    'Tell us the address',
    'We fly on the next dry day',
    'You get forty pictures and a list',
  ]);
}
