import { ButtonLink } from "./Button.jsx";
import Section from "./Section.jsx";

// Before the relaunch; nothing shows it any more.
function OldHero() {
    return (
        <Section>
            <h1>Invoices that get paid</h1>
            <ButtonLink to="/sign-up">Try Tally for free</ButtonLink>
        </Section>
    );
}

export default OldHero;
