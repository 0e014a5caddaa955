# Birth certificate of metaregression.json: run `Rscript tests/compare_more/metaregression.R > tests/compare_more/metaregression.json`
# (Debian packages r-cran-metafor, r-cran-metadat, r-cran-jsonlite).
suppressMessages({library(metafor); library(metadat); library(jsonlite)})
bcg <- escalc("RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg)
collins <- escalc("OR", n1i = pre.nti, n2i = pre.nci, ai = pre.xti, ci = pre.xci, data = dat.collins1985b)
cases <- list(
  bcg_latitude = list(bcg, bcg$ablat, "Colditz et al. (1994), JAMA 271, 698-702; log risk ratio on absolute latitude"),
  bcg_year = list(bcg, bcg$year, "the same on the year of publication"),
  bcg_first_five = list(bcg[1:5, ], bcg$ablat[1:5], "the first five of the same trials, on latitude: few regions"),
  collins_size = list(collins, collins$pre.nti / 100, "Collins et al. (1985), BMJ 290, 17-23; log odds ratio on hundreds of women treated"))
control <- list(threshold = 1e-13, maxiter = 10000, tau2.max = 10000, tol = 1e-13)
one <- function(d, x, method, test) {
  m <- rma(yi, vi, mods = ~ x, data = data.frame(yi = as.numeric(d$yi), vi = as.numeric(d$vi), x = x), method = method, test = test, control = control)
  at <- c(min(x), mean(x), max(x)); p <- predict(m, newmods = at)
  list(tau2_method = method, interval = c(z = "Wald", knha = "HKSJ", adhoc = "HKSJ-adhoc")[[test]], slope = m$beta[2], std_error = m$se[2],
    conf_low = m$ci.lb[2], conf_high = m$ci.ub[2], p_value = m$pval[2], intercept = m$beta[1], intercept_std_error = m$se[1],
    tau2 = m$tau2, r2 = if (is.null(m$R2)) NULL else m$R2, q_residual = m$QE, q_p_value = m$QEp, at = at, line = p$pred, line_low = p$ci.lb, line_high = p$ci.ub)
}
fits <- function(case) {
  results <- list()
  for (method in c("EE", "DL", "REML", "PM")) for (test in c("z", "knha", "adhoc")) results <- c(results, list(one(case[[1]], case[[2]], method, test)))
  list(source = case[[3]], estimate = as.numeric(case[[1]]$yi), variance = as.numeric(case[[1]]$vi), moderator = as.numeric(case[[2]]), results = results)
}
cat(toJSON(list(made_by = "Rscript tests/compare_more/metaregression.R", r = R.version.string, metafor = as.character(packageVersion("metafor")),
  tolerance = "2e-6 relative: both sides iterate to 1e-10 or better", cases = lapply(cases, fits)), auto_unbox = TRUE, digits = 12, na = "null"))
