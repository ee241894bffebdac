"""What must not happen to a page on any screen: being wider than the screen, cut off, empty or inaccessible."""

from axe_playwright_python.sync_playwright import Axe, AxeResults
from playwright.sync_api import Page

_PROBLEMS = """() => {
  const told = [];
  const name = (element) =>
    `<${element.tagName.toLowerCase()}${element.id ? `#${element.id}` : ""}` +
    `${element.classList.length ? `.${[...element.classList].join(".")}` : ""}> ` +
    `“${element.textContent.trim().replace(/\\s+/g, " ").slice(0, 60)}”`;
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) {
    const edge = document.documentElement.clientWidth;
    const culprit = [...document.querySelectorAll("body *")].findLast(
      (element) => element.getBoundingClientRect().right > edge + 1 && element.checkVisibility());
    told.push(`${wide} px wider than the screen: ${culprit ? name(culprit) : "?"}`);
  }
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const forTheEar = box.width <= 1 || box.height <= 1;
    if (forTheEar || style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none") continue;
    if (style.overflowX === "hidden" || style.overflowX === "clip") {
      if (element.scrollWidth > element.clientWidth + 1 && element.textContent.trim())
        told.push(`cut off at the side: ${name(element)}`);
    }
    if (style.overflowY === "hidden" || style.overflowY === "clip") {
      if (element.scrollHeight > element.clientHeight + 2 && element.textContent.trim())
        told.push(`cut off below: ${name(element)}`);
    }
    // A field that is too narrow for what is chosen in it or for its own placeholder.
    const button = element.matches("button, .button, summary, th, select, label");
    if (button && element.scrollWidth > element.clientWidth + 1 && style.display !== "inline")
      told.push(`runs out of its box: ${name(element)}`);
  }
  for (const text of document.querySelectorAll("svg text")) {
    const drawing = text.ownerSVGElement.getBoundingClientRect();
    const box = text.getBoundingClientRect();
    if (box.width && (box.left < drawing.left - 1 || box.right > drawing.right + 1))
      told.push(`leaves its drawing: ${name(text)}`);
  }
  const main = document.querySelector("main");
  if (!main) told.push("has no main part");
  else if (main.innerText.trim().length < 20 && !main.querySelector("iframe")) told.push("has an empty main part");
  return told;
}"""


def layout_problems(page: Page) -> list[str]:
    """What is wrong with the layout of the page that is shown, in words; an empty list if nothing is."""
    return page.evaluate(_PROBLEMS)


_AXE = Axe().axe_script
_RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # What is in order is not told, which takes three times as long.
    "resultTypes": ["violations"],
    "reporter": "no-passes",
}


def violations(page: Page) -> str:
    """What axe finds on the page that is shown, in words; an empty text if it finds nothing."""
    # A page that is looked at on several screens has it already.
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(_AXE)
    found = AxeResults(page.evaluate("rules => axe.run(rules)", _RULES))
    return found.generate_report() if found.violations_count else ""
