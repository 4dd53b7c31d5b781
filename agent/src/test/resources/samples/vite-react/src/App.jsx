import { Route, Routes } from "react-router";

import Footer from "./components/Footer.jsx";
import Header from "./components/Header.jsx";
import HomePage from "./pages/HomePage.jsx";
import PricingPage from "./pages/PricingPage.jsx";
import SignUpPage from "./pages/SignUpPage.jsx";

function App() {
    return (
        <>
            <Header />
            <Routes>
                <Route path="/" element={<HomePage />} />
                <Route path="/pricing" element={<PricingPage />} />
                <Route path="/sign-up" element={<SignUpPage />} />
            </Routes>
            <Footer />
        </>
    );
}

export default App;
