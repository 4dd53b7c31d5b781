import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';

@Component({
  selector: 'app-prices',
  imports: [RouterLink],
  templateUrl: './prices.html',
})
export class Prices {
  protected readonly prices = [
    { id: 'house', name: 'House', price: '€120' },
    { id: 'barn', name: 'Barn', price: '€180' },
    { id: 'street', name: 'Whole street', price: '€60 a house' },
  ];
}
