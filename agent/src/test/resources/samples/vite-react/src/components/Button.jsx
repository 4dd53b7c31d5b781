import { Link } from "react-router";
import styled, { css } from "styled-components";

const look = css`
    display: inline-block;
    padding: 0.75rem 1.5rem;
    border: 0;
    border-radius: ${({ theme }) => theme.radius};
    color: ${({ theme }) => theme.paper};
    background: ${({ theme }) => theme.accent};
    font: inherit;
    font-weight: 600;
    text-decoration: none;
    cursor: pointer;

    &:hover {
        filter: brightness(0.95);
    }
`;

export const Button = styled.button`
    ${look}
`;

export const ButtonLink = styled(Link)`
    ${look}
`;
