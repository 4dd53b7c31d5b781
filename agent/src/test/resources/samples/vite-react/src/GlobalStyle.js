import { createGlobalStyle } from "styled-components";

const GlobalStyle = createGlobalStyle`
    *,
    *::before,
    *::after {
        box-sizing: border-box;
    }

    body {
        margin: 0;
        color: ${({ theme }) => theme.ink};
        background: ${({ theme }) => theme.paper};
        font-family: "Helvetica Neue", Arial, sans-serif;
        line-height: 1.5;
    }

    h1,
    h2,
    h3 {
        line-height: 1.15;
    }
`;

export default GlobalStyle;
