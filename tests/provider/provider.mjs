// A certified provider of OpenID Connect on this machine: which port, and where does its one client come back to?
import { createServer } from "node:http";
import Provider from "oidc-provider";

const [port, callback, secret] = process.argv.slice(2);
const PEOPLE = {
  ama: { name: "Ama Mensah", roles: ["steward", "contributor@operation:gha-mobile"] },
  kofi: { name: "Kofi Boateng", roles: ["viewer"] },
};
const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    {
      client_id: "dashboard",
      client_secret: secret,
      redirect_uris: [callback],
      post_logout_redirect_uris: [callback],
    },
  ],
  claims: { openid: ["sub"], profile: ["name", "roles"] },
  conformIdTokenClaims: false, // Streamlit reads claims from the ID token only.
  cookies: { keys: ["of these tests"] },
  features: { devInteractions: { enabled: true } }, // Its pages take any name and password.
  findAccount: (_, id) => PEOPLE[id] && { accountId: id, claims: () => ({ sub: id, ...PEOPLE[id] }) },
});
createServer(provider.callback()).listen(Number(port), "127.0.0.1", () => console.log("Listening"));
