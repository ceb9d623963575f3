// Small conveniences. Every page works without this file, except passkeys, which need a browser's own dialogue.
"use strict";

function printOnDemand() {
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.addEventListener("click", () => {
      const record = button.dataset.print;
      if (record) {
        return;
      }
      window.print();
    });
  });
}

function focusFaults() {
  const faults = document.getElementById("faults");
  if (faults) {
    faults.focus();
  }
}

function announce(form, text) {
  form.querySelector("[data-announce]").textContent = text;
}

function showProgress(form) {
  const room = form.querySelector("[data-progress]");
  const bar = room.querySelector("progress");
  room.hidden = false;
  return (event) => {
    if (event.lengthComputable) {
      bar.value = Math.round((event.loaded / event.total) * 100);
    }
  };
}

// The form posts by itself to the lane; with this script the officer also sees how far it has come.
function watchUpload(form) {
  const file = form.querySelector("input[type=file]");
  file.addEventListener("change", () => {
    const chosen = file.files[0];
    announce(form, chosen ? `${chosen.name} ${chosen.size.toLocaleString()} B` : "");
  });
  form.addEventListener("submit", () => {
    const progress = showProgress(form);
    progress({ lengthComputable: false });
    form.querySelector("button[type=submit]").setAttribute("aria-disabled", "true");
    form.querySelector("progress").removeAttribute("value");
  });
}

// Warn before the idle time-out, and let the reader stay without losing what was typed.
function watchIdle() {
  const dialog = document.getElementById("idle");
  if (!dialog) {
    return;
  }
  const seconds = Number(dialog.dataset.seconds);
  let timer = 0;
  const restart = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => dialog.showModal(), Math.max(5, seconds - 120) * 1000);
  };
  dialog.querySelector("button").addEventListener("click", () => {
    fetch(dialog.dataset.stay, { credentials: "same-origin" }).then(() => {
      dialog.close();
      restart();
    });
  });
  restart();
}

function showSecurityKeyButtons() {
  document.querySelectorAll("[data-needs-script]").forEach((part) => {
    part.hidden = false;
  });
}

document.addEventListener("DOMContentLoaded", () => {
  printOnDemand();
  focusFaults();
  showSecurityKeyButtons();
  document.querySelectorAll("form[data-upload]").forEach(watchUpload);
  watchIdle();
});
