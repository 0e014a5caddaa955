# Birth certificate of metafor.json: run `Rscript tests/comparison/metafor.R > tests/comparison/metafor.json`
# (Debian packages r-cran-metafor, r-cran-metadat, r-cran-jsonlite). Data sets of metadat, effect sizes by escalc().
suppressMessages({library(metafor); library(metadat); library(jsonlite)})
cases <- list(
  bcg = list(escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg), "Colditz et al. (1994), JAMA 271, 698-702; log risk ratio"),
  hine1989 = list(escalc("RD", n1i = n1i, n2i = n2i, ai = ai, ci = ci, data = dat.hine1989), "Hine et al. (1989), Arch Intern Med 149, 2694-2698; risk difference"),
  molloy2014 = list(escalc("ZCOR", ri = ri, ni = ni, data = dat.molloy2014), "Molloy et al. (2014), Ann Behav Med 47, 92-101; Fisher z"),
  normand1999 = list(escalc("MD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i, data = dat.normand1999), "Normand (1999), Stat Med 18, 321-359; mean difference of length of stay, days"),
  collins1985b = list(escalc("OR", n1i = pre.nti, n2i = pre.nci, ai = pre.xti, ci = pre.xci, data = dat.collins1985b), "Collins et al. (1985), BMJ 290, 17-23; log odds ratio of pre-eclampsia"),
  cannon2006 = list(escalc("OR", n1i = nt, n2i = nc, ai = ep1t, ci = ep1c, data = dat.cannon2006), "Cannon et al. (2006), JACC 48, 438-445; log odds ratio, first endpoint, four trials"))
methods <- c("EE", "DL", "REML", "ML", "PM", "HE", "SJ")
tests <- c(Wald = "z", HKSJ = "knha", "HKSJ-adhoc" = "adhoc")
fit <- function(d, method, test) rma(yi, vi, data = d, method = method, test = test, control = list(threshold = 1e-12, maxiter = 10000, tau2.max = 10000, tol = 1e-13))
one <- function(d, method, name) {
  m <- fit(d, method, tests[[name]]); p <- predict(m)
  out <- list(tau2_method = method, interval = name, estimate = c(m$beta), std_error = m$se, conf_low = m$ci.lb, conf_high = m$ci.ub, p_value = m$pval,
    tau2 = m$tau2, i2 = m$I2, h2 = m$H2, q = m$QE, q_p_value = m$QEp)
  if (method != "EE") {
    ci <- confint(m, control = list(tol = 1e-13, tau2.max = 1e5))$random
    out <- c(out, list(pi_low = p$pi.lb, pi_high = p$pi.ub, tau2_low = ci["tau^2", "ci.lb"], tau2_high = ci["tau^2", "ci.ub"],
      i2_low = ci["I^2(%)", "ci.lb"], i2_high = ci["I^2(%)", "ci.ub"], h2_low = ci["H^2", "ci.lb"], h2_high = ci["H^2", "ci.ub"]))
  }
  out
}
study <- function(case) {
  d <- case[[1]]; m <- fit(d, "REML", "adhoc"); i <- influence(m)$inf; l <- leave1out(m); b <- blup(m)
  list(source = case[[2]], estimate = as.numeric(d$yi), variance = as.numeric(d$vi),
    results = unlist(lapply(methods, function(x) lapply(names(tests), function(n) one(d, x, n))), recursive = FALSE),
    reml_adhoc = list(weight = weights(m), cook = i$cook.d, dffits = i$dffits, rstudent = i$rstudent, hat = i$hat,
      left_out_estimate = l$estimate, left_out_low = l$ci.lb, left_out_high = l$ci.ub, left_out_tau2 = l$tau2,
      blup = b$pred, blup_se = b$se))
}
cat(toJSON(list(made_by = "Rscript tests/comparison/metafor.R", r = R.version.string, metafor = as.character(packageVersion("metafor")),
  metadat = as.character(packageVersion("metadat")), tolerance = "1e-6 relative: both sides iterate to 1e-10 or better",
  studies = lapply(cases, study)), auto_unbox = TRUE, digits = 12, pretty = FALSE, na = "null"))
