import styled from "styled-components";

import { testimonials } from "../data/testimonials.js";
import Section from "./Section.jsx";

const Row = styled.div`
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr));
    gap: 1.5rem;
`;

const Quote = styled.blockquote`
    margin: 0;
    padding: 1.5rem;
    border-radius: ${({ theme }) => theme.radius};
    background: ${({ theme }) => theme.wash};
`;

function Testimonials() {
    return (
        <Section id="testimonials">
            <h2>Paid, says everybody</h2>
            <Row>
                {testimonials.map(({ who, words }) => (
                    <Quote key={who}>
                        {words}
                        <footer>{who}</footer>
                    </Quote>
                ))}
            </Row>
        </Section>
    );
}

export default Testimonials;
