// What a browser remembers for a year, or as long as it likes; the server reads the cookie.
const YEAR = 365 * 24 * 60 * 60;

export const keep = (name, value) => {
  document.cookie = `dashboard_${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
};
