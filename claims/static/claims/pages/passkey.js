// Passkeys: the browser makes one, or signs with one, and its answer is sent with the form.

const form = document.querySelector("[data-passkey]");
const options = JSON.parse(document.getElementById("passkey-options").textContent).publicKey;
const isSupported = Boolean(window.PublicKeyCredential?.parseCreationOptionsFromJSON);

const ask = {
  create: () => navigator.credentials.create({
    publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options),
  }),
  get: () => navigator.credentials.get({
    publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options),
  }),
}[form.dataset.passkey];

form.querySelector("[data-passkey-unsupported]").hidden = isSupported;
form.querySelector("[type=submit]").disabled = !isSupported;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  form.querySelector("[data-passkey-failed]").hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await ask());
  } catch (error) {
    // No passkeys are for a site without a host name. Otherwise: cancelled, timed out, or none that fits, which the browser
    // does not tell apart.
    const why = error.name === "SecurityError" ? "unsupported" : "failed";
    form.querySelector(`[data-passkey-${why}]`).hidden = false;
    return;
  }
  form.submit();
});
