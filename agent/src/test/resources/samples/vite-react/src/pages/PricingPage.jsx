import PlanCards from "../components/PlanCards.jsx";
import Section from "../components/Section.jsx";
import useTitle from "../lib/useTitle.js";

function PricingPage() {
    useTitle("Pricing · Tally");

    return (
        <main>
            <Section>
                <h1>Pricing</h1>
                <p>No fee for each invoice, no fee for each client.</p>
            </Section>
            <PlanCards />
        </main>
    );
}

export default PricingPage;
