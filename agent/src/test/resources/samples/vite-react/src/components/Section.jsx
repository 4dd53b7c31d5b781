import styled from "styled-components";

const Section = styled.section`
    max-width: 60rem;
    margin: 0 auto;
    padding: 4rem 1.5rem;
`;

export default Section;
