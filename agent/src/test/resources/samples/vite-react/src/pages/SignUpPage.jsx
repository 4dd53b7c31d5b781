import { useState } from "react";
import { useSearchParams } from "react-router";

import { Button } from "../components/Button.jsx";
import Section from "../components/Section.jsx";
import { plans } from "../data/plans.js";
import useTitle from "../lib/useTitle.js";

function SignUpPage() {
    const [params] = useSearchParams();
    const [done, setDone] = useState(false);
    const plan = plans.find(({ id }) => id === params.get("plan")) ?? plans[0];

    useTitle("Sign up · Tally");

    if (done) {
        return <Section>Check your inbox. The link in it is good for an hour.</Section>;
    }

    const send = (event) => {
        event.preventDefault();
        setDone(true);
    };

    return (
        <Section>
            <h1>{plan.name} plan</h1>
            <form onSubmit={send}>
                <label>
                    E-mail <input type="email" name="email" placeholder="you@work.com" required />
                </label>{" "}
                <Button type="submit">Create my account</Button>
            </form>
        </Section>
    );
}

export default SignUpPage;
