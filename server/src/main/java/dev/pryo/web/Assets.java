package dev.pryo.web;

import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.CacheControl;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceUrlProvider;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/// Style sheets and scripts. Each address carries the hash of what it names, so that browsers keep
/// it for a year and still see every change at once.
@Component
public class Assets implements WebMvcConfigurer {
  private static final String WEBJARS = "classpath:/META-INF/resources/webjars/";

  private final ObjectProvider<ResourceUrlProvider> addresses; // which needs these handlers first

  Assets(ObjectProvider<ResourceUrlProvider> addresses) {
    this.addresses = addresses;
  }

  @Override
  public void addResourceHandlers(ResourceHandlerRegistry registry) {
    registry
        .addResourceHandler("/assets/**")
        .addResourceLocations(
            "classpath:/static/",
            WEBJARS + "htmx.org/2.0.10/dist/",
            WEBJARS + "chart.js/4.5.1/dist/")
        .setCacheControl(CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable())
        .resourceChain(true)
        .addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"));
  }

  /// The address of a file such as `pryo.css`.
  public String url(String file) {
    String address = addresses.getObject().getForLookupPath("/assets/" + file);
    if (address == null) {
      throw new IllegalArgumentException("There is no asset " + file);
    }
    return address;
  }
}
