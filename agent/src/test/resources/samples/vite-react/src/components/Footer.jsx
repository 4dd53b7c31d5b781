import styled from "styled-components";

const Base = styled.footer`
    padding: 2rem 1.5rem;
    background: ${({ theme }) => theme.wash};
    text-align: center;
`;

function Footer() {
    return <Base>Tally Ltd. Made by two people who hate chasing money.</Base>;
}

export default Footer;
