package org.cobnut.container;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/** Debian's Chromium, without a screen and without a word to anybody but the page. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    // Held, because a logger that nobody holds forgets what it was told.
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    private final ChromeDriver driver;

    /** The profile directory must be empty. */
    Browser(Path profile) {
        SELENIUM.setLevel(Level.SEVERE);
        var options = new ChromeOptions()
                .setBinary("/usr/bin/chromium")
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--no-first-run",
                        "--disable-quic",
                        "--user-data-dir=" + profile);
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .usingAnyFreePort()
                .build();
        driver = new ChromeDriver(service, options);
        driver.manage()
                .timeouts()
                .implicitlyWait(PATIENCE)
                .pageLoadTimeout(PATIENCE)
                .scriptTimeout(PATIENCE);
    }

    void open(String url) {
        driver.get(url);
    }

    /** The first such element, as soon as there is one. */
    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    /** The text of the element in which it stands, as soon as there is one. */
    String awaitText(String text) {
        return driver.findElement(By.xpath("//*[contains(text(),'%s')]".formatted(text)))
                .getText();
    }

    /** What a script returns. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The value with which a script calls its last argument. */
    Object await(String script) {
        return driver.executeAsyncScript(script);
    }

    /** Shows the next pages so wide, in light or in dark. */
    void show(int width, int height, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    String title() {
        return driver.getTitle();
    }

    void type(String selector, String text) {
        var field = find(selector);
        field.clear();
        field.sendKeys(text);
    }

    /** Presses these keys wherever the keyboard is. */
    void keys(CharSequence... keys) {
        for (CharSequence key : keys) driver.switchTo().activeElement().sendKeys(key);
    }

    /** Presses the button of that text in the dialog that is open. */
    void press(String button) {
        driver.findElement(By.xpath(
                        "//div[contains(@class,'ui-dialog-buttonset')]//button[.='%s' and not(ancestor::div[contains(@style,'display: none')])]"
                                .formatted(button)))
                .click();
    }

    /** Presses the icon of that title in the row of the table that begins with that text. */
    void pressInRow(String row, String title) {
        driver.findElement(By.xpath(
                        "//table[@id='configTable']//tr[td[contains(normalize-space(.),'%s')]]//li[@title='%s']"
                                .formatted(row, title)))
                .click();
    }

    /** Says yes to the question that the page asks. */
    void confirm() {
        driver.switchTo().alert().accept();
    }

    /** Keeps what is to be seen, for people. */
    void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, driver.getScreenshotAs(OutputType.BYTES));
    }

    @Override
    public void close() {
        driver.quit();
    }
}
