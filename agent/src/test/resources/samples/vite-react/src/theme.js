const theme = {
    ink: "#1d3557",
    paper: "#ffffff",
    wash: "#f1f5f9",
    accent: "#e07a5f",
    radius: "8px",
};

export default theme;
