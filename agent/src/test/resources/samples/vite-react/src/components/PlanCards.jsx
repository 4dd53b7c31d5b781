import styled from "styled-components";

import { plans } from "../data/plans.js";
import { ButtonLink } from "./Button.jsx";
import Section from "./Section.jsx";

const Cards = styled.div`
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr));
    gap: 1.5rem;
`;

const Card = styled.article`
    padding: 1.5rem;
    border: 1px solid ${({ theme }) => theme.wash};
    border-radius: ${({ theme }) => theme.radius};
`;

const Price = styled.p`
    font-size: 2rem;
`;

function PlanCards() {
    return (
        <Section id="plans">
            <h2>One price, whatever you bill</h2>
            <Cards>
                {plans.map((plan) => (
                    <Card key={plan.id}>
                        <h3>{plan.name}</h3>
                        <Price>{plan.price}</Price>
                        <p>{plan.promise}</p>
                        <ButtonLink to={`/sign-up?plan=${plan.id}`}>{plan.action}</ButtonLink>
                    </Card>
                ))}
            </Cards>
        </Section>
    );
}

export default PlanCards;
