import { ButtonLink } from "../components/Button.jsx";
import PlanCards from "../components/PlanCards.jsx";
import Section from "../components/Section.jsx";
import Testimonials from "../components/Testimonials.jsx";
import useTitle from "../lib/useTitle.js";

function HomePage() {
    useTitle("Tally: invoices that get paid");

    return (
        <main>
            <Section>
                <h1>Invoices that get paid</h1>
                <p>Tally writes them, sends them and asks again, kindly, until the money is there.</p>
                <ButtonLink to="/sign-up">Try Tally for free</ButtonLink>
            </Section>
            <PlanCards />
            <Testimonials />
        </main>
    );
}

export default HomePage;
