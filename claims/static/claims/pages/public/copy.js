// Copies what stands beside a button. Without this script, or on a page without HTTPS, the text is there to be selected.

for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const shown = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(shown.value ?? shown.textContent);
    button.nextElementSibling.textContent = button.dataset.copied;
  });
}
