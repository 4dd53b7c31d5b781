import { Component, signal } from '@angular/core';
import { FormsModule } from '@angular/forms';

@Component({
  selector: 'app-contact',
  imports: [FormsModule],
  templateUrl: './contact.html',
})
export class Contact {
  protected readonly sent = signal(false);
  protected address = '';

  protected send() {
    this.sent.set(true);
  }
}
