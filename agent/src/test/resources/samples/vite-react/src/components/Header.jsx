import { Link } from "react-router";
import styled from "styled-components";

const Bar = styled.header`
    display: flex;
    gap: 1.5rem;
    align-items: center;
    padding: 1rem 1.5rem;
    border-bottom: 1px solid ${({ theme }) => theme.wash};
`;

const Brand = styled(Link)`
    margin-right: auto;
    color: inherit;
    font-size: 1.25rem;
    font-weight: 700;
    text-decoration: none;
`;

const Item = styled(Link)`
    color: inherit;
`;

function Header() {
    return (
        <Bar>
            <Brand to="/">Tally</Brand>
            <Item to="/pricing">Pricing</Item>
            <Item to="/sign-up">Sign up</Item>
        </Bar>
    );
}

export default Header;
