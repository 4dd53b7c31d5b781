/** @type {import('next').NextConfig} */
const config = {
	reactStrictMode: true,
	turbopack: { root: import.meta.dirname },
};

export default config;
