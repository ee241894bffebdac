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
  const failed = form.querySelector("[data-passkey-failed]");
  failed.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await ask());
  } catch {
    // Cancelled, timed out, or no passkey that fits: the browser does not tell which.
    failed.hidden = false;
    return;
  }
  form.submit();
});
